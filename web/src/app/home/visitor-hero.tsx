import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { liveProjectsQuery } from '../../features/projects/api.ts';
import { useRouteFocus } from '../../lib/route-focus.ts';
import { HeroDrawing } from './hero-drawing.tsx';
import { SearchForm } from './search-form.tsx';

export function VisitorHero() {
  const t = useTranslations('home');
  const headingRef = useRouteFocus<HTMLHeadingElement>();
  return (
    <section className="grid items-center gap-x-12 gap-y-10 pt-10 pb-14 lg:grid-cols-[1.3fr_1fr] lg:pt-14 lg:pb-20">
      <div>
        <h1 ref={headingRef} tabIndex={-1} className="text-display">
          {t.rich('headline', { mark: (chunks) => <span className="marked">{chunks}</span> })}
        </h1>
        <p className="mt-6 max-w-xl text-lg text-soft sm:text-xl">{t('lead')}</p>
        <div className="mt-8 mb-9 flex flex-wrap items-center gap-x-6 gap-y-3">
          <Link to="/sign-up" className={buttonClass('primary')}>
            {t('action')}
          </Link>
          <Link to="/explore/projects" className="link py-2 font-semibold">
            {t('browse')}
          </Link>
        </div>
        <SearchForm />
      </div>
      <figure className="mx-auto w-full max-w-[19rem] lg:max-w-[25rem]">
        <HeroDrawing />
        <OpenSeat />
      </figure>
    </section>
  );
}

/** The dashed seat of the drawing stands for one that is really open. */
function OpenSeat() {
  const t = useTranslations('home');
  const seat = openSeatOf(useQuery(liveProjectsQuery).data?.items ?? []);
  if (!seat) return null;
  const { project, role } = seat;
  return (
    <figcaption className="mt-4 border-s-2 border-dashed border-accent ps-3 text-sm text-soft">
      {t.rich('openSeat', {
        role: () => (
          <strong dir="auto" className="font-semibold text-ink">
            {role}
          </strong>
        ),
        project: () => (
          <Link to="/projects/$id" params={{ id: project.id }} className="link" dir="auto">
            {project.title}
          </Link>
        ),
      })}
    </figcaption>
  );
}

function openSeatOf(projects: readonly Project[]): { project: Project; role: string } | null {
  for (const project of projects) {
    const role = project.roles.find(({ seats, taken }) => taken < seats);
    if (role) return { project, role: role.name };
  }
  return null;
}
