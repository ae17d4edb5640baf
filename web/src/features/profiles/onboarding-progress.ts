import type { Profile } from '@collabthon/contracts/profiles';

export const onboardingSteps = ['about', 'skills', 'time', 'goals', 'matches'] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];

const stepOfGap: Readonly<Record<string, OnboardingStep>> = {
  name: 'about',
  college: 'about',
  skills: 'skills',
  availability: 'time',
  open_to: 'goals',
};

/** The first step that still misses something, so that leaving and coming back loses nothing. */
export function firstOpenStep(profile: Profile | null): OnboardingStep {
  if (!profile) return 'about';
  const open = new Set(profile.missing.map((gap) => stepOfGap[gap]));
  return onboardingSteps.find((step) => open.has(step)) ?? 'matches';
}
