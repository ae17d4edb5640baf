import type { Profile } from '@collabthon/contracts/profiles';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { FreePeg } from '../../components/drawings.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { recommendedPeopleQuery, recommendedProjectsQuery } from '../discovery/api.ts';
import { ProjectRow } from '../projects/project-row.tsx';
import { openSteps } from './onboarding-progress.ts';
import { PersonRow } from './person-row.tsx';

const route = getRouteApi('/welcome');

/** So many make a start. */
const enough = 5;
/** What is new here fills the lists of those of whom nothing is known; that is no match. */
const isScored = ({ score }: { score: number | null }): boolean => score !== null;

/** The index follows a saved answer within moments: a short list is asked for again before it is believed. */
const tries = 4;
const again = {
  refetchInterval: (query: { state: { data?: unknown[] | undefined; dataUpdateCount: number } }) =>
    (query.state.data?.length ?? 0) < enough && query.state.dataUpdateCount < tries ? 1_000 : false,
} as const;

interface MatchesStepProps {
  profile: Profile;
  next: string | undefined;
  onFinish: () => void;
}

/** The reward of onboarding: who and what fits, and why. When nobody does, that is said as it is, with what to change. */
export function MatchesStep({ profile, next, onFinish }: MatchesStepProps) {
  const t = useTranslations('onboarding');
  const projects = useQuery({ ...recommendedProjectsQuery, ...again });
  const people = useQuery({ ...recommendedPeopleQuery(), ...again });
  const scoredProjects = projects.data?.filter(isScored);
  const scoredPeople = people.data?.filter(isScored);
  const count = (scoredProjects?.length ?? 0) + (scoredPeople?.length ?? 0);
  const isKnown = !projects.isPending && !people.isPending;
  return (
    <div className="flex flex-col gap-12">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <p role="status" className="text-lg font-medium">
          {isKnown ? t('found', { count }) : null}
        </p>
        {next ? (
          <a href={next} className={buttonClass()} onClick={onFinish}>
            {t('continue')}
          </a>
        ) : (
          <Link to="/work" className={buttonClass()} onClick={onFinish}>
            {t('finish')}
          </Link>
        )}
      </div>
      {isKnown && count < enough ? <WhatToChange profile={profile} isNothing={count === 0} /> : null}
      <Matches title={t('projects')} query={projects} count={scoredProjects?.length} rowClass="h-44">
        {scoredProjects?.map((project) => (
          <li key={project.id}>
            <ProjectRow
              project={project}
              headingLevel="h3"
              match={{ score: project.score, factors: project.reasons }}
            />
          </li>
        ))}
      </Matches>
      <Matches title={t('people')} query={people} count={scoredPeople?.length} rowClass="h-36">
        {scoredPeople?.map((person) => (
          <li key={person.id}>
            <PersonRow profile={person} headingLevel="h3" match={{ score: person.score, factors: person.reasons }} />
          </li>
        ))}
      </Matches>
    </div>
  );
}

interface MatchesProps {
  title: string;
  query: UseQueryResult<unknown[]>;
  count: number | undefined;
  rowClass: string;
  children: ReactNode;
}

function Matches({ title, query, count, rowClass, children }: MatchesProps) {
  if (count === 0) return null;
  return (
    <Section title={title}>
      {query.isPending ? <RowSkeletons count={3} rowClass={rowClass} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ol className="divide-y divide-rule">{children}</ol>
    </Section>
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
