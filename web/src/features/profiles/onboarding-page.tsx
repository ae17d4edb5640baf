import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { myProfileQuery } from './api.ts';
import { MatchesStep } from './onboarding-matches.tsx';
import { firstOpenStep, type OnboardingStep, onboardingSteps } from './onboarding-progress.ts';
import { AboutStep, GoalsStep, SkillsStep, TimeStep } from './onboarding-steps.tsx';

const route = getRouteApi('/welcome');

export function OnboardingPage() {
  const t = useTranslations('onboarding');
  const navigate = useNavigate();
  const search = route.useSearch();
  const query = useQuery(myProfileQuery);
  if (query.isPending)
    return (
      <Page title={t('title')} width="reading">
        <PageSkeleton />
      </Page>
    );
  if (query.isError)
    return (
      <Page title={t('title')} width="reading">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );

  const profile = query.data;
  const step = search.step && (profile || search.step === 'about') ? search.step : firstOpenStep(profile);
  const index = onboardingSteps.indexOf(step);
  const go = (to: OnboardingStep | undefined) => {
    if (to) void navigate({ to: '/welcome', search: { ...search, step: to } });
    window.scrollTo({ top: 0 });
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
      {step === 'matches' ? <MatchesStep next={search.next} /> : null}
    </Page>
  );
}

function StepLine({ index }: { index: number }) {
  const t = useTranslations('onboarding');
  return (
    <div>
      <p>{t('progress', { step: index + 1, steps: onboardingSteps.length })}</p>
      <div className="mt-2 mb-4 flex gap-1.5" aria-hidden="true">
        {onboardingSteps.map((step, other) => (
          <span key={step} className={`h-1.5 w-10 rounded-full ${other <= index ? 'bg-accent' : 'bg-rule'}`} />
        ))}
      </div>
    </div>
  );
}
