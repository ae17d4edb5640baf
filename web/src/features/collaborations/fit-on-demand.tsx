import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Match, ProjectMatch } from '@collabthon/contracts/discovery';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ChevronIcon } from '../../components/icons.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { matchQuery } from '../discovery/api.ts';
import { MatchReport, Score } from '../discovery/match.tsx';
import { personMatchQuery } from '../profiles/api.ts';

interface FitOnDemandProps {
  request: Collaboration;
  name: string;
  /** Where it is known already. */
  match?: Match | undefined;
}

/** The score behind a request that was received, asked for when the reader opens it unless it is there. */
export function FitOnDemand({ request, name, match }: FitOnDemandProps) {
  const t = useTranslations('requests');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="group/fit" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="-ms-2 inline-flex min-h-9 list-none items-center gap-2 rounded-control px-2 py-1.5 text-sm font-semibold hover:bg-well max-sm:min-h-11">
        {match ? <Score score={match.score} /> : null}
        {t(`fit.${request.kind}`, { name })}
        <ChevronIcon className="size-4 transition-transform group-open/fit:rotate-180" />
      </summary>
      <div className="mt-2 mb-2 border-s-4 border-fit ps-4">
        {!isOpen ? null : match ? (
          <MatchReport score={match.score} factors={match.factors} who="they" />
        ) : (
          <Fit request={request} />
        )}
      </div>
    </details>
  );
}

function Fit({ request: { kind, sender_id, project_id } }: { request: Collaboration }) {
  const ofMine = kind === 'invitation' && project_id !== null;
  const mine = useQuery({ ...matchQuery(project_id ?? 0), enabled: ofMine });
  const theirs = useQuery({ ...personMatchQuery(sender_id, project_id ?? undefined), enabled: !ofMine });
  const match: UseQueryResult<Match | ProjectMatch> = ofMine ? mine : theirs;
  if (match.isError) return <ErrorState error={match.error} onRetry={() => void match.refetch()} />;
  if (!match.data) return <Bone className="h-72 w-full max-w-lg" />;
  return <MatchReport score={match.data.score} factors={match.data.factors} who={ofMine ? 'you' : 'they'} />;
}
