import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { recommendedPeopleQuery, recommendedProjectsQuery } from '../discovery/api.ts';
import { ProjectRow } from '../projects/project-row.tsx';
import { PersonRow } from './person-row.tsx';

/** The reward of onboarding: who and what fits, and why. When nobody does, that is said as it is. */
export function MatchesStep({ next }: { next: string | undefined }) {
  const t = useTranslations('onboarding');
  const projects = useQuery(recommendedProjectsQuery);
  const people = useQuery(recommendedPeopleQuery());
  return (
    <div className="flex flex-col gap-12">
      <Section title={t('projects')}>
        {projects.isPending ? <RowSkeletons count={3} /> : null}
        {projects.isError ? <ErrorState error={projects.error} onRetry={() => void projects.refetch()} /> : null}
        {projects.data?.length === 0 ? (
          <EmptyState
            title={t('noProjects')}
            action={
              <Link to="/projects/new" className={buttonClass('secondary', 'small')}>
                {t('post')}
              </Link>
            }
          >
            {t('noProjectsText')}
          </EmptyState>
        ) : null}
        <ul className="divide-y divide-rule">
          {projects.data?.map((project) => (
            <li key={project.id}>
              <ProjectRow
                project={project}
                headingLevel="h3"
                match={{ score: project.score, factors: project.reasons }}
              />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('people')}>
        {people.isPending ? <RowSkeletons count={3} rowClass="h-28" /> : null}
        {people.isError ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
        {people.data?.length === 0 ? <EmptyState title={t('noPeople')}>{t('noPeopleText')}</EmptyState> : null}
        <ul className="divide-y divide-rule">
          {people.data?.map((profile) => (
            <li key={profile.id}>
              <PersonRow
                profile={profile}
                headingLevel="h3"
                match={{ score: profile.score, factors: profile.reasons }}
              />
            </li>
          ))}
        </ul>
      </Section>
      <div>
        {next ? (
          <a href={next} className={buttonClass()}>
            {t('continue')}
          </a>
        ) : (
          <Link to="/work" className={buttonClass()}>
            {t('finish')}
          </Link>
        )}
      </div>
    </div>
  );
}
