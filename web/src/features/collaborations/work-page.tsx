import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { SweptBench } from '../../components/drawings.tsx';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState } from '../../components/states.tsx';
import { TabRow, tabClass } from '../../components/tab-row.tsx';
import { useShortcut } from '../../lib/shortcuts.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { requestStatsQuery, teamsQuery, useWaitingCount } from './api.ts';
import { DraftsSection, useBegun } from './drafts-section.tsx';
import { ProjectsSection, TeamsSection } from './project-sections.tsx';
import { HistorySection, SentSection } from './sent-sections.tsx';
import { useRows } from './use-rows.ts';
import { ProfileGap, WaitingSection } from './waiting-section.tsx';
import { askedQuery, projectDraftsQuery, useIsComing, type WorkView, waitingQuery, workViews } from './work-views.ts';

const route = getRouteApi('/work');

/** What waits for me first, then what I have begun, my projects and teams, and what I wait for. */
export function WorkPage() {
  const t = useTranslations('work');
  const { show } = route.useSearch();
  const { box, step } = useRows();
  useShortcut('j', t('nextRow'), () => step(1));
  useShortcut('k', t('previousRow'), () => step(-1));
  return (
    <Page title={t('title')} lead={<Lead />}>
      <div ref={box}>
        {useIsComing(show) ? (
          <PageSkeleton />
        ) : (
          <>
            <Views open={show} />
            {show ? <View show={show} /> : <Everything />}
          </>
        )}
      </div>
    </Page>
  );
}

function Lead() {
  const t = useTranslations('work');
  const isKnown = useQuery(requestStatsQuery).data !== undefined;
  const count = useWaitingCount();
  if (!isKnown) return t('lead');
  return t.rich(count > 0 ? 'leadWaiting' : 'leadNothing', {
    count,
    mark: (words) => <span className="marked">{words}</span>,
  });
}

function View({ show }: { show: WorkView }) {
  const views: Record<WorkView, ReactNode> = {
    todo: (
      <div className="flex flex-col gap-12">
        <WaitingSection />
        <DraftsSection />
        <ProfileGap />
      </div>
    ),
    projects: <ProjectsSection isShort={false} />,
    teams: <TeamsSection isShort={false} />,
    sent: <SentSection isShort={false} />,
    history: <HistorySection />,
  };
  return <div className="max-w-3xl">{views[show]}</div>;
}

function Everything() {
  if (useIsBare()) return <FirstSteps />;
  return (
    <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_1fr]">
      <div className="flex flex-col gap-12">
        <WaitingSection />
        <DraftsSection />
        <ProfileGap />
      </div>
      <div className="flex flex-col gap-12 lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <ProjectsSection isShort />
        <TeamsSection isShort />
      </div>
      <SentSection isShort />
    </div>
  );
}

/** Nothing waits, nothing was begun, nothing is going on. */
function useIsBare(): boolean {
  const lists: (readonly unknown[] | undefined)[] = [
    useQuery(waitingQuery).data,
    useQuery(askedQuery).data,
    useQuery(projectDraftsQuery).data,
    useQuery(myProjectsQuery).data,
    useQuery(teamsQuery).data,
  ];
  return lists.every((list) => list?.length === 0);
}

function FirstSteps() {
  const t = useTranslations('work');
  return (
    <div className="flex flex-col gap-12">
      <EmptyState
        title={t('bare')}
        drawing={<SweptBench className="w-56" />}
        action={
          <div className="flex flex-wrap gap-3">
            <Link to="/explore/projects" className={buttonClass()}>
              {t('find')}
            </Link>
            <Link to="/projects/new" className={buttonClass('secondary')}>
              {t('post')}
            </Link>
          </div>
        }
      >
        {t('bareText')}
      </EmptyState>
      <ProfileGap />
    </div>
  );
}

/** Links, so that a view can be kept and sent; the counts are of what the view holds. */
function Views({ open }: { open: WorkView | undefined }) {
  const t = useTranslations('work');
  const waiting = useWaitingCount();
  const projects = useQuery(myProjectsQuery).data?.filter(({ status }) => status !== 'draft').length;
  const asked = useQuery(requestStatsQuery).data?.pending_sent;
  const { begun, kept } = useBegun();
  const todo = waiting === undefined ? undefined : waiting + begun.length + kept.length;
  const counts: Partial<Record<WorkView, number | undefined>> = { todo, projects, sent: asked };
  const views = [undefined, ...workViews];
  return (
    <TabRow label={t('views')} open={open} className="mb-8 sm:mb-10">
      {views.map((view) => {
        const count = view && counts[view];
        return (
          <li key={view ?? 'all'}>
            <Link to="/work" search={view ? { show: view } : {}} activeOptions={{ exact: true }} className={tabClass}>
              {t(`view.${view ?? 'all'}`)}
              {count ? <span className="text-sm text-faint tabular-nums">{count}</span> : null}
            </Link>
          </li>
        );
      })}
    </TabRow>
  );
}
