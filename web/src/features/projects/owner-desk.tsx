import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { receivedQuery, sentQuery, usePendingOf } from '../collaborations/api.ts';
import { RequestRow } from '../collaborations/request-row.tsx';
import { seatFor } from '../collaborations/stakes.ts';
import { type Listed, StayingRow, useStaying } from '../collaborations/staying-row.tsx';
import { fitsQuery, type RecommendedProfile, recommendedPeopleQuery } from '../discovery/api.ts';
import { MatchDetails, SkillFacts } from '../discovery/match.tsx';
import { fullName } from '../profiles/names.ts';
import { PersonRow } from '../profiles/person-row.tsx';
import { fitsOf } from '../profiles/role-fit.ts';
import { AskForm } from './ask-form.tsx';
import { useAsk } from './asks.ts';
import { useRoles } from './joining.tsx';

/** What waits for the owner: who asks to join. */
export function RequestDesk({ project }: { project: Project }) {
  const t = useTranslations('owner');
  const received = useQuery(receivedQuery({ project_id: project.id, status: 'pending' }));
  const asking = useStaying(received.data);
  const { ranked, fits, order, setOrder, isComing } = useRanking(project.id, asking);
  const roles = useRoles(project);
  const pending = usePendingOf(project.id);
  if (project.status === 'draft') return null;
  return (
    <Section title={t('requests')}>
      {received.isPending || isComing ? <RowSkeletons count={asking?.length ?? 1} rowClass="h-44" /> : null}
      {received.isError ? <ErrorState error={received.error} onRetry={() => void received.refetch()} /> : null}
      {asking?.length === 0 ? <p className="text-soft">{t('noRequests')}</p> : null}
      {ranked.length > 1 ? (
        <SelectField
          label={t('order')}
          className="max-w-56"
          value={order}
          onChange={(event) => setOrder(event.target.value === 'time' ? 'time' : 'fit')}
          choices={[
            { value: 'fit', label: t('byFit') },
            { value: 'time', label: t('byTime') },
          ]}
        />
      ) : null}
      <ul className="divide-y divide-rule">
        {ranked.map((listed) => (
          <li key={listed.request.id}>
            <StayingRow
              listed={listed}
              side="received"
              seat={seatFor(listed.request, roles, pending)}
              match={fits.get(listed.request.sender_id)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who was invited and has not answered. It grows at the end, so that no candidate moves away under the hand. */
export function Invited({ project }: { project: Project }) {
  const t = useTranslations('owner');
  const sent = useQuery(sentQuery({ project_id: project.id })).data ?? [];
  const invited = sent.filter(({ status }) => status === 'pending');
  if (invited.length === 0 || project.status === 'draft') return null;
  return (
    <Section title={t('invited')}>
      <ul className="divide-y divide-rule">
        {invited.map((request) => (
          <li key={request.id}>
            <RequestRow request={request} side="sent" />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Those who ask, best fit first or as their requests end; they come with their scores, so that none changes its place. */
function useRanking(projectId: number, asking: Listed[] | undefined) {
  const [order, setOrder] = useState<'fit' | 'time'>('fit');
  const people = asking?.map(({ request }) => request.sender_id) ?? [];
  const query = useQuery(fitsQuery(projectId, people));
  const fits = new Map(query.data?.map((fit) => [fit.user_id, fit]));
  const isComing = people.length > 0 && query.isPending;
  const scoreOf = ({ request }: Listed) => fits.get(request.sender_id)?.score ?? -1;
  const byFit = (one: Listed, other: Listed) => scoreOf(other) - scoreOf(one);
  const ranked = isComing ? [] : order === 'fit' ? (asking ?? []).toSorted(byFit) : (asking ?? []);
  return { ranked, fits, order, setOrder, isComing };
}

/** Candidates that are shown at first, and how many more come at a time. */
const few = 6;
const more = 8;

/** Who would fit, best first, with the reasons; inviting happens in place. */
export function Candidates({ project }: { project: Project }) {
  const t = useTranslations('owner');
  const [shown, setShown] = useState(few);
  const takesPeople = project.status === 'open';
  const candidates = useQuery({ ...recommendedPeopleQuery(project.id), enabled: takesPeople });
  if (!takesPeople) return null;
  return (
    <Section title={t('candidates')} aside={<p className="text-sm text-faint">{t('candidatesLead')}</p>}>
      {candidates.isPending ? <RowSkeletons count={few} rowClass="h-48" /> : null}
      {candidates.isError ? <ErrorState error={candidates.error} onRetry={() => void candidates.refetch()} /> : null}
      {candidates.data?.length === 0 ? (
        <EmptyState
          title={t('noCandidates')}
          action={
            <Link to="/projects/$id/edit" params={{ id: project.id }} className={buttonClass('secondary', 'small')}>
              {t('nameSkills')}
            </Link>
          }
        >
          {t('noCandidatesText')}
        </EmptyState>
      ) : null}
      <ol className="divide-y divide-rule">
        {candidates.data?.slice(0, shown).map((candidate) => (
          <li key={candidate.id}>
            <Candidate project={project} candidate={candidate} />
          </li>
        ))}
      </ol>
      {candidates.data && candidates.data.length > shown ? (
        <Button look="secondary" size="small" className="mt-4" onClick={() => setShown(shown + more)}>
          {t('moreCandidates')}
        </Button>
      ) : null}
    </Section>
  );
}

function Candidate({ project, candidate }: { project: Project; candidate: RecommendedProfile }) {
  const t = useTranslations('owner');
  const textOf = useErrorText();
  const [state, setState] = useState<'idle' | 'writing' | 'invited'>('idle');
  const [failure, setFailure] = useState<unknown>();
  const fits = fitsOf(useRoles(project), candidate.skill_levels);
  const best = fits[0]?.verdict === 'lacks' ? undefined : fits[0];
  const name = fullName(candidate);
  const invite = useAsk(project, {
    onSent: () => {
      showToast(t('inviteSent', { name }), 'good');
    },
    onFailed: (_, error) => {
      setFailure(error);
      setState('writing');
      showToast(textOf(error), 'bad');
    },
  });
  const card = {
    user_id: candidate.user_id,
    username: candidate.username,
    name,
    college: candidate.college,
    is_verified_student: candidate.is_verified_student,
    avatar_url: null,
  };

  return (
    <PersonRow
      profile={candidate}
      headingLevel="h3"
      aside={
        state === 'invited' ? (
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
          <div className="mb-4">
            <AskForm
              kind="invitation"
              title={t('inviteTitle', { name })}
              roles={fits.map(({ role }) => role)}
              suggested={best?.role.id}
              draftKey={`invite:${project.id}:${candidate.user_id}`}
              error={failure}
              onCancel={() => setState('idle')}
              onSend={({ role, message, forget }) => {
                setFailure(undefined);
                setState('invited');
                invite.mutate({ role, message, receiver: card, kind: 'invitation', forget });
              }}
            />
          </div>
        ) : null}
        <SkillFacts factors={candidate.reasons} who="they" />
        <MatchDetails score={candidate.score} factors={candidate.reasons} about={name} who="they" />
      </div>
    </PersonRow>
  );
}
