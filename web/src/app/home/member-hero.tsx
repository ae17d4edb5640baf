import type { User } from '@collabthon/contracts/accounts';
import type { MatchFactor } from '@collabthon/contracts/discovery';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { useWaitingCount } from '../../features/collaborations/api.ts';
import { recommendedProjectsQuery } from '../../features/discovery/api.ts';
import { useRouteFocus } from '../../lib/route-focus.ts';
import { SearchForm } from './search-form.tsx';

/** For members the start says what waits for them, and what fits. */
export function MemberHero({ me }: { me: User }) {
  const t = useTranslations('home.member');
  const headingRef = useRouteFocus<HTMLHeadingElement>();
  return (
    <section className="grid gap-x-12 gap-y-10 pt-10 pb-14 lg:grid-cols-[1.3fr_1fr] lg:pt-14">
      <div>
        <p className="eyebrow mb-3">{t('hello', { name: me.username })}</p>
        <h1 ref={headingRef} tabIndex={-1} className="text-display">
          {t.rich('headline', { mark: (chunks) => <span className="marked">{chunks}</span> })}
        </h1>
        <div className="mt-8 mb-9 flex flex-wrap items-center gap-x-6 gap-y-3">
          <Link to="/projects/new" className={buttonClass('primary')}>
            {t('post')}
          </Link>
          <Waiting />
        </div>
        <SearchForm />
      </div>
      <FittingProjects />
    </section>
  );
}

function Waiting() {
  const t = useTranslations('home.member');
  const waiting = useWaitingCount();
  return (
    <Link to="/work" className="link py-2 font-semibold">
      {t('waiting', { count: waiting })}
    </Link>
  );
}

const shown = [0, 1, 2];

function FittingProjects() {
  const t = useTranslations('home.member');
  const { data, isPending } = useQuery(recommendedProjectsQuery);
  // Without skills of one's own nothing is scored.
  const fitting = (data ?? []).filter(({ score }) => score !== null).slice(0, shown.length);
  return (
    <section aria-labelledby="fits-you">
      <h2 id="fits-you" className="border-b-2 border-ink pb-2 text-heading">
        {t('fits')}
      </h2>
      <ul className="divide-y divide-rule border-b border-rule">
        {isPending
          ? shown.map((place) => (
              <Line key={place} score={<Bone className="h-8 w-9" />}>
                <Bone className="mb-2 h-5 w-4/5" />
                <Bone className="h-4 w-3/5" />
              </Line>
            ))
          : fitting.map((project) => (
              <Line
                key={project.id}
                score={
                  <>
                    <span aria-hidden="true">{project.score}</span>
                    <span className="sr-only">{t('score', { score: project.score ?? 0 })}</span>
                  </>
                }
              >
                <h3 className="leading-snug font-semibold">
                  <Link
                    to="/projects/$id"
                    params={{ id: project.id }}
                    className="row-link decoration-accent decoration-2 underline-offset-4 group-hover:underline"
                    dir="auto"
                  >
                    {project.title}
                  </Link>
                </h3>
                <Reason factors={project.reasons} />
              </Line>
            ))}
      </ul>
      {!isPending && fitting.length === 0 ? (
        <p className="mt-4 min-h-56 text-soft">
          {t.rich('nothingFits', {
            link: (chunks) => (
              <Link to="/welcome" className="link font-semibold">
                {chunks}
              </Link>
            ),
          })}
        </p>
      ) : (
        <Link to="/explore/projects" search={{ sort_by: 'fit' }} className="link mt-4 inline-block py-1 font-semibold">
          {t('allFits')}
        </Link>
      )}
    </section>
  );
}

function Line({ score, children }: { score: ReactNode; children: ReactNode }) {
  return (
    <li className="group relative grid min-h-20 grid-cols-[2.75rem_1fr] items-center gap-x-4 py-3">
      <span className="font-display text-3xl leading-none font-bold text-fit tabular-nums">{score}</span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

/** The skills behind a score; the rest of it opens on the project's page. */
function Reason({ factors }: { factors: readonly MatchFactor[] }) {
  const t = useTranslations('home.member');
  const format = useFormatter();
  const matched = factors.find(({ factor }) => factor === 'skills')?.facts.matched;
  if (!Array.isArray(matched) || matched.length === 0) return null;
  return (
    <p className="mt-0.5 line-clamp-2 text-sm text-soft">
      {t('brings', { list: format.list(matched, { type: 'conjunction' }) })}
    </p>
  );
}
