import { PageSkeleton } from '../../components/skeleton.tsx';
import { later } from '../../lib/later.tsx';

/** The last step draws on much of the lists of projects and people, which those before it do not need. */
export const MatchesStep = later(
  () => import('./onboarding-matches.tsx').then((module) => module.MatchesStep),
  <PageSkeleton />,
);
