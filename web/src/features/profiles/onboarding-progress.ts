import type { Profile } from '@collabthon/contracts/profiles';
import type { QueryClient } from '@tanstack/react-query';
import { draftQuery } from '../../lib/draft-queries.ts';
import { myProfileQuery, skillIdeasQuery } from './api.ts';
import { firstMatchesQuery } from './first-matches.ts';

export const onboardingSteps = ['about', 'skills', 'time', 'goals', 'matches'] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];

/** Where somebody is in onboarding, kept under `placeKey` until they are through. */
export interface OnboardingPlace {
  step?: OnboardingStep;
}
export const placeKey = 'onboarding:place';

/** The name under which unfinished answers of a step are kept. */
export const answersKey = (step: OnboardingStep): string => `onboarding:${step}`;

const stepOfGap: Readonly<Record<string, OnboardingStep>> = {
  name: 'about',
  college: 'about',
  skills: 'skills',
  availability: 'time',
  open_to: 'goals',
};

/** The steps that still miss something, in order. */
export function openSteps({ missing }: Pick<Profile, 'missing'>): OnboardingStep[] {
  const open = new Set(missing.map((gap) => stepOfGap[gap]));
  return onboardingSteps.filter((step) => open.has(step));
}

/** Where to begin when no place is kept. */
export const firstOpenStep = (profile: Pick<Profile, 'missing'>): OnboardingStep => openSteps(profile)[0] ?? 'matches';

/** Where somebody goes on who asks for no step. */
export async function reachedStep(client: QueryClient): Promise<OnboardingStep> {
  const [profile, place] = await Promise.all([
    client.ensureQueryData(myProfileQuery),
    client.fetchQuery(draftQuery(placeKey)).catch(() => null),
  ]);
  const step = (place?.content as OnboardingPlace | undefined)?.step;
  // It may have been written by another version, or by a program.
  return onboardingSteps.find((known) => known === step) ?? firstOpenStep(profile);
}

/** What a step begins with. */
export async function prefetchStep(client: QueryClient, step: OnboardingStep | undefined): Promise<void> {
  const profile = await client.ensureQueryData(myProfileQuery);
  await Promise.all([
    !step || step === 'matches' ? null : client.prefetchQuery(draftQuery(answersKey(step))),
    step === 'skills' ? client.prefetchQuery(skillIdeasQuery(profile.major)) : null,
    step === 'matches' && import.meta.env.SSR
      ? client.prefetchQuery(firstMatchesQuery(profile.skill_levels.length > 0))
      : null,
  ]);
}
