import type { Profile } from '@collabthon/contracts/profiles';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { isStatus } from '../../lib/errors.ts';
import { MatchDetails } from '../discovery/match.tsx';
import { personMatchQuery } from './api.ts';
import { fullName } from './names.ts';

/** How they fit me, or a project of mine, opened to its reasons. */
export function PersonFit({ profile, projectId }: { profile: Profile; projectId: number | undefined }) {
  const t = useTranslations('reach');
  const match = useQuery({
    ...personMatchQuery(profile.user_id, projectId),
    placeholderData: keepPreviousData,
  });
  if (match.isPending) return <Bone className="h-12 w-40" />;
  // Without a profile of one's own there is nothing to compare.
  const isBlank = isStatus(match.error, 404) || (match.data?.score === null && projectId === undefined);
  if (isBlank)
    return (
      <p className="text-soft">
        {t.rich('fitUnknown', {
          link: (chunks) => (
            <Link to="/welcome" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    );
  if (match.isError) return <ErrorState error={match.error} onRetry={() => void match.refetch()} />;
  return (
    <MatchDetails
      score={match.data.score}
      factors={match.data.factors}
      about={fullName(profile)}
      who={projectId === undefined ? 'you' : 'they'}
    />
  );
}
