import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Page, Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { myProfileQuery } from '../profiles/api.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { StatusTag } from '../projects/project-facts.tsx';
import { Seats } from '../projects/seats.tsx';
import { receivedQuery, sentQuery, teamsQuery } from './api.ts';
import { RequestRow } from './request-row.tsx';

/** What waits for me first, then my teams and projects, then what I wait for. */
export function WorkPage() {
  const t = useTranslations('work');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="flex flex-col gap-14">
        <ProfileGap />
        <Waiting />
        <div className="grid items-start gap-x-12 gap-y-14 lg:grid-cols-2">
          <MyProjects />
          <Teams />
        </div>
        <Sent />
      </div>
    </Page>
  );
}

/** A list in one of its states: coming, failed, empty, there. */
function List<T>({
  query,
  rowClass,
  empty,
  children,
}: {
  query: UseQueryResult<T[]>;
  rowClass: string;
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}) {
  if (query.isPending) return <RowSkeletons count={2} rowClass={rowClass} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return query.data.length === 0 ? empty : <ul className="divide-y divide-rule">{children(query.data)}</ul>;
}

function ProfileGap() {
  const t = useTranslations('work');
  const profile = useQuery(myProfileQuery).data;
  if (profile === undefined || (profile && profile.missing.length === 0)) return null;
  return (
    <EmptyState
      title={t('profileGap')}
      action={
        <Link to="/welcome" className={buttonClass('secondary', 'small')}>
          {t('profileGapAction')}
        </Link>
      }
    >
      {t('profileGapText')}
    </EmptyState>
  );
}

function Waiting() {
  const t = useTranslations('work');
  return (
    <Section title={t('waiting')}>
      <List
        query={useQuery(receivedQuery({ status: 'pending' }))}
        rowClass="h-28"
        empty={<p className="text-soft">{t('nothingWaits')}</p>}
      >
        {(requests) =>
          requests.map((request) => (
            <li key={request.id}>
              <RequestRow request={request} side="received" />
            </li>
          ))
        }
      </List>
    </Section>
  );
}

function MyProjects() {
  const t = useTranslations('work');
  return (
    <Section title={t('projects')}>
      <List
        query={useQuery(myProjectsQuery)}
        rowClass="h-20"
        empty={
          <EmptyState
            title={t('noProjects')}
            action={
              <Link to="/projects/new" className={buttonClass('secondary', 'small')}>
                {t('post')}
              </Link>
            }
          />
        }
      >
        {(projects) =>
          projects.map((project) => (
            <li key={project.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3.5">
              <div className="min-w-0">
                <Link to="/projects/$id" params={{ id: project.id }} className="link font-semibold">
                  {project.title}
                </Link>
                <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-faint">
                  <StatusTag status={project.status} />
                  {project.roles.length > 0 ? (
                    <Seats
                      seats={project.roles.reduce((sum, role) => sum + role.seats, 0)}
                      taken={project.roles.reduce((sum, role) => sum + role.taken, 0)}
                      isLabelled
                    />
                  ) : null}
                </p>
              </div>
              <Link to="/projects/$id/edit" params={{ id: project.id }} className={buttonClass('quiet', 'small')}>
                {t('edit')}
                <span className="sr-only"> {project.title}</span>
              </Link>
            </li>
          ))
        }
      </List>
    </Section>
  );
}

function Teams() {
  const t = useTranslations('work');
  return (
    <Section title={t('teams')}>
      <List
        query={useQuery(teamsQuery)}
        rowClass="h-20"
        empty={
          <EmptyState
            title={t('noTeams')}
            action={
              <Link to="/explore/projects" className={buttonClass('secondary', 'small')}>
                {t('find')}
              </Link>
            }
          />
        }
      >
        {(teams) =>
          teams.map((team) => (
            <li key={team.project.id} className="py-3.5">
              <Link to="/projects/$id" params={{ id: team.project.id }} className="link font-semibold">
                {team.project.title}
              </Link>
              <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-faint">
                <StatusTag status={team.project.status} />
                <span>
                  {team.is_owner ? t('owner') : team.role ? t('asRole', { role: team.role.name }) : t('member')}
                </span>
                <span>{t('people', { count: team.member_count })}</span>
                <span>{t.rich('since', { time: () => <RelativeTime value={team.joined_at} /> })}</span>
              </p>
            </li>
          ))
        }
      </List>
    </Section>
  );
}

function Sent() {
  const t = useTranslations('work');
  return (
    <Section title={t('sent')}>
      <List query={useQuery(sentQuery())} rowClass="h-24" empty={<p className="text-soft">{t('nothingSent')}</p>}>
        {(requests) =>
          requests.map((request) => (
            <li key={request.id}>
              <RequestRow request={request} side="sent" />
            </li>
          ))
        }
      </List>
    </Section>
  );
}
