import type { Onlooker, Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { seenAsQuery } from './api.ts';
import { PersonBody, PersonLead, PersonName } from './person-view.tsx';

const onlookers = ['visitor', 'member', 'college_mate', 'verified_college_mate'] as const satisfies Onlooker[];

/** My page as the server gives it to somebody else, made of the very parts that they see. */
export function SeeAs() {
  const t = useTranslations('settingsProfile.visibility');
  const [onlooker, setOnlooker] = useState<Onlooker>('visitor');
  const seen = useQuery(seenAsQuery(onlooker));
  return (
    <Section title={t('seeAs')}>
      <SelectField
        className="max-w-sm"
        label={t('chooseOnlooker')}
        value={onlooker}
        onChange={(event) => setOnlooker(event.target.value as Onlooker)}
        choices={onlookers.map((value) => ({ value, label: t(`onlooker.${value}`) }))}
      />
      <div className="mt-6" aria-live="polite" aria-busy={seen.isPending}>
        {seen.isPending ? <PageSkeleton /> : null}
        {seen.isError ? <ErrorState error={seen.error} onRetry={() => void seen.refetch()} /> : null}
        {seen.data === null ? <EmptyState title={t('hidden')}>{t('hiddenText')}</EmptyState> : null}
        {seen.data ? <Preview profile={seen.data} onlooker={onlooker} /> : null}
      </div>
    </Section>
  );
}

function Preview({ profile, onlooker }: { profile: Profile; onlooker: Onlooker }) {
  const t = useTranslations('settingsProfile.visibility');
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-sheet border border-edge p-4 sm:p-6">
      <p id={id} className="eyebrow mb-5">
        {t('preview')}
      </p>
      <p className="font-display text-title font-bold">
        <PersonName profile={profile} />
      </p>
      <div className="mt-3 mb-8 text-soft">
        <PersonLead profile={profile} />
      </div>
      <PersonBody profile={profile} isCompared={false} isNarrow shows={(project) => isShownTo(onlooker, project)} />
    </section>
  );
}

/** What I started or joined is listed by its own visibility. */
function isShownTo(onlooker: Onlooker, { visibility }: Pick<Project, 'visibility'>): boolean {
  if (visibility === 'public') return true;
  if (onlooker === 'visitor') return false;
  return visibility === 'members' || onlooker !== 'member';
}
