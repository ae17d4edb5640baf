import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useDraft } from '../../lib/drafts.ts';
import { expectFocus } from '../../lib/route-focus.ts';
import { myProfileQuery } from './api.ts';
import { MatchesStep } from './onboarding-matches.tsx';
import {
  firstOpenStep,
  type OnboardingPlace,
  type OnboardingStep,
  onboardingSteps,
  placeKey,
} from './onboarding-progress.ts';
import { AboutStep, GoalsStep, SkillsStep, TimeStep } from './onboarding-steps.tsx';

const route = getRouteApi('/welcome');

export function OnboardingPage() {
  const t = useTranslations('onboarding');
  const { step } = route.useSearch();
  const query = useQuery(myProfileQuery);
  // Where I am is kept like a draft, so that another day, or another device, goes on from there.
  const place = useDraft<OnboardingPlace>(placeKey, {});
  if (query.isError && !query.data)
    return (
      <Page title={t('title')} width="reading">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  if (!query.data)
    return (
      <Page title={t('title')} width="reading">
        <PageSkeleton />
      </Page>
    );
  return (
    <Steps
      profile={query.data}
      step={step ?? firstOpenStep(query.data)}
      onReach={(reached) => {
        if (place.value.step !== reached) place.set(() => ({ step: reached }));
      }}
      onFinish={() => void place.finish()}
    />
  );
}

interface StepsProps {
  profile: Profile;
  step: OnboardingStep;
  onReach: (step: OnboardingStep) => void;
  onFinish: () => void;
}

function Steps({ profile, step, onReach, onFinish }: StepsProps) {
  const t = useTranslations('onboarding');
  const navigate = useNavigate();
  const search = route.useSearch();
  const index = onboardingSteps.indexOf(step);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for every step
  useEffect(() => onReach(step), [step]);

  const go = (to: OnboardingStep | undefined) => {
    if (!to) return;
    expectFocus('/welcome');
    void navigate({ to: '/welcome', search: { ...search, step: to } });
  };
  const stepProps = {
    profile,
    onDone: () => go(onboardingSteps[index + 1]),
    onBack: index > 0 ? () => go(onboardingSteps[index - 1]) : undefined,
  };

  return (
    <Page
      key={step}
      width={step === 'matches' ? 'wide' : 'reading'}
      title={t(`steps.${step}.title`)}
      lead={t(`steps.${step}.lead`)}
      eyebrow={<StepLine index={index} />}
    >
      {step === 'about' ? <AboutStep {...stepProps} /> : null}
      {step === 'skills' ? <SkillsStep {...stepProps} /> : null}
      {step === 'time' ? <TimeStep {...stepProps} /> : null}
      {step === 'goals' ? <GoalsStep {...stepProps} /> : null}
      {step === 'matches' ? <MatchesStep profile={profile} next={search.next} onFinish={onFinish} /> : null}
    </Page>
  );
}

/** How far it is, and a way to every step. */
function StepLine({ index }: { index: number }) {
  const t = useTranslations('onboarding');
  const search = route.useSearch();
  return (
    <nav aria-label={t('progress', { step: index + 1, steps: onboardingSteps.length })} className="mb-5">
      <p aria-hidden="true">{t('progress', { step: index + 1, steps: onboardingSteps.length })}</p>
      <ol className="mt-1 flex max-w-xl gap-1.5">
        {onboardingSteps.map((step, other) => (
          <li key={step} className="min-w-0 flex-1">
            <Link
              to="/welcome"
              search={{ ...search, step }}
              aria-current={other === index ? 'step' : undefined}
              onClick={() => expectFocus('/welcome')}
              className={`flex min-h-11 flex-col justify-center gap-1.5 text-xs hover:text-ink ${other === index ? 'font-semibold text-ink' : ''}`}
            >
              <span
                className={`block h-1.5 rounded-full border ${other <= index ? 'border-accent bg-accent forced-colors:bg-[Highlight]' : 'border-edge'} ${other === index ? 'forced-colors:outline-2 forced-colors:outline-offset-2' : ''}`}
              />
              <span className="max-sm:sr-only">{t(`steps.${step}.name`)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
