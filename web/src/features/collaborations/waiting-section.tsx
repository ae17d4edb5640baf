import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { myProfileQuery } from '../profiles/api.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { mostListed, requestStatsQuery } from './api.ts';
import { seatFor } from './stakes.ts';
import { StayingRow, useStaying } from './staying-row.tsx';
import { WorkList } from './work-list.tsx';
import { askedQuery, waitingQuery } from './work-views.ts';

/** Requests that wait for the reader's answer, the one that ends first at the top. */
export function WaitingSection() {
  const t = useTranslations('work');
  const waiting = useQuery({ ...waitingQuery, refetchInterval: 60_000 });
  const asked = useQuery(askedQuery).data ?? [];
  const projects = useQuery(myProjectsQuery).data ?? [];
  const total = useQuery(requestStatsQuery).data?.pending_received ?? 0;
  const pending = [...(waiting.data ?? []), ...asked];
  return (
    <Section title={t('waiting')}>
      <WorkList
        query={waiting}
        items={useStaying(waiting.data)}
        rowClass="h-44"
        keyOf={({ request }) => request.id}
        empty={<p className="text-soft">{t('nothingWaits')}</p>}
      >
        {(listed) => {
          const project = projects.find(({ id }) => id === listed.request.project_id);
          const seat = project ? seatFor(listed.request, project.roles, pending) : null;
          return <StayingRow listed={listed} side="received" seat={seat} />;
        }}
      </WorkList>
      {total > mostListed && waiting.data?.length === mostListed ? (
        <p className="mt-3 text-sm text-soft">{t('newestOnly', { shown: mostListed, total })}</p>
      ) : null}
    </Section>
  );
}

/** Says what a profile lacks, while it lacks something. */
export function ProfileGap() {
  const t = useTranslations('work');
  const profile = useQuery(myProfileQuery).data;
  if (!profile || profile.missing.length === 0) return null;
  return (
    <EmptyState
      title={t('profileGap')}
      action={
        <Link to="/welcome" className={buttonClass('secondary', 'small')}>
          {t('profileGapAction')}
        </Link>
      }
    >
      {t('profileGapText')}
    </EmptyState>
  );
}
