import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../components/button.tsx';
import { RowSkeletons } from '../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../components/states.tsx';
import { useMe } from '../features/accounts/api.ts';
import { liveProjectsQuery, projectStatsQuery } from '../features/projects/api.ts';
import { ProjectRow } from '../features/projects/project-row.tsx';
import { usePageHead } from '../lib/page-head.ts';
import { useRouteFocus } from '../lib/route-focus.ts';
import { HeroDrawing } from './hero-drawing.tsx';

export function HomePage() {
  const t = useTranslations('home');
  const me = useMe();
  const headingRef = useRouteFocus<HTMLHeadingElement>();
  usePageHead({ canonical: '/', description: t('lead'), image: '/og/home.png' });

  return (
    <div className="mx-auto max-w-6xl px-5 sm:px-8">
      <section className="grid items-center gap-10 pt-12 pb-14 lg:grid-cols-[1.25fr_1fr] lg:pt-14 lg:pb-16">
        <div>
          <h1 ref={headingRef} tabIndex={-1} className="text-display">
            {t.rich('headline', { mark: (chunks) => <span className="marked">{chunks}</span> })}
          </h1>
          <p className="mt-6 max-w-xl text-lg text-soft sm:text-xl">{t('lead')}</p>
          <div className="mt-8 flex min-h-11 flex-wrap items-center gap-x-6 gap-y-3">
            {me ? (
              <Link to="/projects/new" className={buttonClass('primary')}>
                {t('actionMember')}
              </Link>
            ) : null}
            {me === null ? (
              <Link to="/sign-up" className={buttonClass('primary')}>
                {t('action')}
              </Link>
            ) : null}
            <Link to="/explore/projects" className="link font-semibold">
              {t('browse')}
            </Link>
          </div>
        </div>
        <HeroDrawing className="mx-auto w-full max-w-[19rem] lg:max-w-[25rem]" />
      </section>
      <LiveProjects />
    </div>
  );
}

function LiveProjects() {
  const t = useTranslations('home');
  const projects = useQuery(liveProjectsQuery);
  const stats = useQuery(projectStatsQuery).data;
  return (
    <section className="border-t-2 border-ink pt-5 pb-16">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-title">{t('live')}</h2>
        <p className="min-h-6 text-soft">
          {stats
            ? t('counts', {
                open: stats.open_projects,
                building: stats.in_progress_projects,
                finished: stats.completed_projects,
              })
            : null}
        </p>
      </div>
      {projects.isPending ? <RowSkeletons count={6} /> : null}
      {projects.isError ? (
        <div className="py-8">
          <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />
        </div>
      ) : null}
      {projects.data?.items.length === 0 ? (
        <div className="py-8">
          <EmptyState title={t('emptyTitle')}>{t('empty')}</EmptyState>
        </div>
      ) : null}
      {projects.data && projects.data.items.length > 0 ? (
        <>
          <ul className="divide-y divide-rule">
            {projects.data.items.map((project) => (
              <li key={project.id}>
                <ProjectRow project={project} headingLevel="h3" />
              </li>
            ))}
          </ul>
          <Link to="/explore/projects" className={`${buttonClass('secondary')} mt-6`}>
            {t('all')}
          </Link>
        </>
      ) : null}
    </section>
  );
}
