import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Section } from '../../components/page.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { matchQuery } from '../discovery/api.ts';
import { MatchReport } from '../discovery/match.tsx';

/** What fits me here and what does not: the score, opened. */
export function MyMatch({ projectId }: { projectId: number }) {
  const t = useTranslations('match');
  const match = useQuery(matchQuery(projectId));
  return (
    <Section title={t('mine')}>
      {match.isPending ? <Bone className="h-96 w-full" /> : null}
      {match.isError ? <ErrorState error={match.error} onRetry={() => void match.refetch()} /> : null}
      {match.data ? <MatchReport {...match.data} /> : null}
    </Section>
  );
}
