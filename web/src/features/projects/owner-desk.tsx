import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { showToast } from '../../lib/toasts.ts';
import { receivedQuery, sentQuery } from '../collaborations/api.ts';
import { RequestForm } from '../collaborations/request-form.tsx';
import { RequestRow } from '../collaborations/request-row.tsx';
import { type RecommendedProfile, recommendedPeopleQuery } from '../discovery/api.ts';
import { MatchDetails } from '../discovery/match.tsx';
import { fullName } from '../profiles/names.ts';
import { PersonRow } from '../profiles/person-row.tsx';

/** What the owner has on the table: who asks to join, who was invited, who would fit. */
export function OwnerDesk({ project }: { project: Project }) {
  const t = useTranslations('owner');
  const received = useQuery(receivedQuery({ project_id: project.id, status: 'pending' }));
  const sent = useQuery(sentQuery({ project_id: project.id }));
  const invited = sent.data?.filter((request) => request.status === 'pending') ?? [];
  return (
    <>
      <Section title={t('requests')}>
        {received.isPending ? <RowSkeletons count={1} rowClass="h-24" /> : null}
        {received.isError ? <ErrorState error={received.error} onRetry={() => void received.refetch()} /> : null}
        {received.data?.length === 0 ? <p className="text-soft">{t('noRequests')}</p> : null}
        <ul className="divide-y divide-rule">
          {received.data?.map((request) => (
            <li key={request.id}>
              <RequestRow request={request} side="received" />
            </li>
          ))}
        </ul>
      </Section>
      {invited.length > 0 ? (
        <Section title={t('invited')}>
          <ul className="divide-y divide-rule">
            {invited.map((request) => (
              <li key={request.id}>
                <RequestRow request={request} side="sent" />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {project.status === 'open' || project.status === 'in_progress' ? <Candidates project={project} /> : null}
    </>
  );
}

function Candidates({ project }: { project: Project }) {
  const t = useTranslations('owner');
  const candidates = useQuery(recommendedPeopleQuery(project.id));
  return (
    <Section title={t('candidates')} aside={<p className="text-sm text-faint">{t('candidatesLead')}</p>}>
      {candidates.isPending ? <RowSkeletons count={4} rowClass="h-36" /> : null}
      {candidates.isError ? <ErrorState error={candidates.error} onRetry={() => void candidates.refetch()} /> : null}
      {candidates.data?.length === 0 ? (
        <EmptyState title={t('noCandidates')}>{t('noCandidatesText')}</EmptyState>
      ) : null}
      <ul className="divide-y divide-rule">
        {candidates.data?.map((candidate) => (
          <li key={candidate.id}>
            <CandidateRow project={project} candidate={candidate} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function CandidateRow({ project, candidate }: { project: Project; candidate: RecommendedProfile }) {
  const t = useTranslations('owner');
  const [state, setState] = useState<'idle' | 'writing' | 'sent'>('idle');
  const name = fullName(candidate);
  return (
    <PersonRow
      profile={candidate}
      headingLevel="h3"
      aside={
        state === 'sent' ? (
          <Tag tone="good">{t('wasInvited')}</Tag>
        ) : (
          <Button
            look="secondary"
            size="small"
            aria-expanded={state === 'writing'}
            onClick={() => setState(state === 'writing' ? 'idle' : 'writing')}
          >
            {t('invite')}
            <span className="sr-only"> {name}</span>
          </Button>
        )
      }
    >
      <div className="mt-2 sm:ps-14">
        {state === 'writing' ? (
          <div className="mb-4 rounded-sheet bg-well p-4">
            <RequestForm
              kind="invitation"
              receiverId={candidate.user_id}
              project={project}
              onCancel={() => setState('idle')}
              onSent={() => {
                setState('sent');
                showToast(t('inviteSent', { name }), 'good');
              }}
            />
          </div>
        ) : null}
        <MatchDetails score={candidate.score} factors={candidate.reasons} about={name} who="they" />
      </div>
    </PersonRow>
  );
}
