import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FreePeg } from '../../components/drawings.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { ProjectRow } from '../projects/project-row.tsx';
import { enough, firstMatchesQuery } from './first-matches.ts';
import { openSteps } from './onboarding-progress.ts';
import { PersonRow } from './person-row.tsx';

const route = getRouteApi('/welcome');

/** Of each kind, on a phone. */
const few = 5;

interface MatchesStepProps {
  profile: Profile;
  next: string | undefined;
  onFinish: () => void;
}

/** The reward of onboarding: who and what fits, and why. When nobody does, that is said as it is, with what to change. */
export function MatchesStep({ profile, next, onFinish }: MatchesStepProps) {
  const t = useTranslations('onboarding');
  const matches = useQuery(firstMatchesQuery(profile.skill_levels.length > 0));
  const { projects, people } = matches.data ?? { projects: [], people: [] };
  const count = projects.length + people.length;
  const [isWhole, setWhole] = useState(false);
  // On a phone the best are enough to begin with.
  const hiddenFrom = (index: number) => (isWhole || index < few ? '' : 'max-sm:hidden');
  return (
    <div className="flex flex-col gap-12">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <p role="status" className={matches.isSuccess && count === 0 ? 'sr-only' : 'text-lg font-medium'}>
          {matches.isSuccess ? t('found', { count }) : matches.isPending ? t('looking') : null}
        </p>
        {next ? (
          <a href={next} className={buttonClass()} onClick={onFinish}>
            {t('continue')}
          </a>
        ) : matches.isSuccess && count === 0 ? (
          <Link to="/explore/projects" className={buttonClass('secondary')} onClick={onFinish}>
            {t('lookAround')}
          </Link>
        ) : (
          <Link to="/explore/projects" search={{ sort_by: 'fit' }} className={buttonClass()} onClick={onFinish}>
            {t('finish')}
          </Link>
        )}
      </div>
      {matches.isPending ? <RowSkeletons count={6} rowClass="h-44" /> : null}
      {matches.isError ? <ErrorState error={matches.error} onRetry={() => void matches.refetch()} /> : null}
      {matches.isSuccess && count < enough ? <WhatToChange profile={profile} isNothing={count === 0} /> : null}
      {projects.length > 0 ? (
        <Section title={t('projects')}>
          <ol className="divide-y divide-rule">
            {projects.map((project, index) => (
              <li key={project.id} className={hiddenFrom(index)}>
                <ProjectRow
                  project={project}
                  headingLevel="h3"
                  match={{ score: project.score, factors: project.reasons }}
                />
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      {people.length > 0 ? (
        <Section title={t('people')}>
          <ol className="divide-y divide-rule">
            {people.map((person, index) => (
              <li key={person.id} className={hiddenFrom(index)}>
                <PersonRow
                  profile={person}
                  headingLevel="h3"
                  match={{ score: person.score, factors: person.reasons }}
                />
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      {!isWhole && Math.max(projects.length, people.length) > few ? (
        <Button look="secondary" className="self-start sm:hidden" onClick={() => setWhole(true)}>
          {t('showAll', { count })}
        </Button>
      ) : null}
    </div>
  );
}

/** Why so little was found, as far as it is in the reader's hands. */
function WhatToChange({ profile, isNothing }: { profile: Profile; isNothing: boolean }) {
  const t = useTranslations('onboarding');
  const search = route.useSearch();
  const open = openSteps(profile);
  const few = !open.includes('skills') && profile.skill_levels.length < 3 ? (['skills'] as const) : [];
  return (
    <EmptyState
      title={t(isNothing ? 'nothing' : 'little')}
      drawing={isNothing ? <FreePeg className="w-44" /> : undefined}
      action={
        <Link to="/projects/new" className={buttonClass('secondary')}>
          {t('post')}
        </Link>
      }
    >
      <p>{t('honest')}</p>
      <ul className="mt-2 list-disc ps-5 marker:text-accent">
        {[...open, ...few].map((step) => (
          <li key={step} className="py-0.5">
            <Link to="/welcome" search={{ ...search, step }} className="link">
              {t(`change.${step === 'matches' ? 'about' : step}`)}
            </Link>
          </li>
        ))}
        {profile.visibility === 'private' ? (
          <li className="py-0.5">
            <Link to="/settings/visibility" className="link">
              {t('change.visibility')}
            </Link>
          </li>
        ) : null}
        <li className="py-0.5">{t('change.wait')}</li>
      </ul>
    </EmptyState>
  );
}
