import type { Project } from '@collabthon/contracts/projects';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { CopyLinkButton } from '../../components/copy-link-button.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { isStatus } from '../../lib/errors.ts';
import { usePageHead } from '../../lib/page-head.ts';
import { useShortcut } from '../../lib/shortcuts.ts';
import { useMe } from '../accounts/api.ts';
import { receivedQuery, sentQuery, teamQuery } from '../collaborations/api.ts';
import { fitsQuery, matchQuery } from '../discovery/api.ts';
import { useCardName } from '../profiles/names.ts';
import { projectQuery } from './api.ts';
import { EmbedButton } from './embed-button.tsx';
import { Joining, Roles, VisitorRoles } from './joining.tsx';
import { MyMatch } from './my-match.tsx';
import { Candidates, Invited, RequestDesk } from './owner-desk.tsx';
import { ProjectBody } from './project-body.tsx';
import { ProjectHeader } from './project-header.tsx';
import { StateMoves } from './state-moves.tsx';
import { TeamList } from './team-list.tsx';

const route = getRouteApi('/projects/$id');

export function ProjectPage() {
  const t = useTranslations('project');
  const { id } = route.useParams();
  const query = useQuery(projectQuery(id));
  const isComplete = useComplete(id);
  if (isStatus(query.error, 404)) return <NotFoundPage />;
  if (query.isPending || !isComplete)
    return (
      <div className="mx-auto max-w-6xl px-5 sm:px-8">
        <PageSkeleton />
      </div>
    );
  if (!query.data)
    return (
      <Page title={t('title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return <ProjectView key={id} project={query.data} />;
}

/** Parts that come one by one would push each other down, so the page waits for all, but for none that fails. */
function useComplete(id: number): boolean {
  const me = useMe();
  const enabled = Boolean(me);
  const askers = useQuery({ ...receivedQuery({ project_id: id, status: 'pending' }), enabled }).data ?? [];
  const people = askers.map(({ sender_id }) => sender_id);
  const parts = useQueries({
    queries: [
      teamQuery(id),
      { ...matchQuery(id), enabled },
      { ...sentQuery({ project_id: id }), enabled },
      { ...receivedQuery({ project_id: id, status: 'pending' }), enabled },
      fitsQuery(id, people),
    ],
  });
  return me !== undefined && !parts.some((part) => part.isLoading && !part.isFetched && part.failureCount === 0);
}

function ProjectView({ project }: { project: Project }) {
  const t = useTranslations('project');
  const me = useMe();
  const navigate = useNavigate();
  const { role, as } = route.useSearch();
  useProjectHead(project);

  const isMine = me?.id === project.owner_id;
  const viewer = me && as !== 'visitor' ? me : null;
  const isDesk = isMine && viewer !== null;
  const params = { id: project.id };
  useShortcut('e', t('edit'), isDesk ? () => void navigate({ to: '/projects/$id/edit', params }) : null);
  const team = (
    <Section title={t('team')}>
      <TeamList project={project} viewerId={viewer?.id} />
    </Section>
  );

  return (
    <div className="mx-auto w-full max-w-6xl px-5 pt-6 pb-16 sm:px-8 sm:pt-10">
      {isMine && !viewer ? (
        <p className="mb-6 flex flex-wrap items-baseline gap-x-4 gap-y-1 border-s-4 border-mark py-1 ps-4">
          <span>{t(project.visibility === 'public' ? 'asOthers' : 'asOthersLimited')}</span>
          <Link to="/projects/$id" params={params} className="link font-medium">
            {t('backToMine')}
          </Link>
        </p>
      ) : null}
      <ProjectHeader
        project={project}
        actions={
          <>
            {isDesk ? (
              <>
                <Link to="/projects/$id/edit" params={params} className={buttonClass('secondary', 'small')}>
                  {t('edit')}
                </Link>
                <Link
                  to="/projects/$id"
                  params={params}
                  search={{ as: 'visitor' }}
                  className={buttonClass('secondary', 'small')}
                >
                  {t('seeAsOthers')}
                </Link>
              </>
            ) : null}
            <CopyLinkButton path={`/projects/${project.id}`} />
            {isDesk && project.visibility === 'public' && project.status !== 'draft' ? (
              <EmbedButton project={project} />
            ) : null}
          </>
        }
      />
      {/* On phones the parts stand in the order in which they are written here. */}
      <div className="mt-10 grid items-start gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {isDesk ? (
          <div className="flex min-w-0 flex-col gap-12">
            <RequestDesk project={project} />
            <Candidates project={project} />
            <Invited project={project} />
          </div>
        ) : null}
        {isDesk ? (
          <aside className="flex flex-col gap-12 lg:row-span-2" aria-label={t('aside')}>
            <StateMoves project={project} />
            {team}
          </aside>
        ) : null}
        <div className="flex min-w-0 flex-col gap-12">
          {isDesk ? (
            <Section title={t('asRead')}>
              <ProjectBody project={project} />
            </Section>
          ) : (
            <ProjectBody project={project} />
          )}
          {isDesk ? (
            <Roles project={project} />
          ) : viewer ? (
            <Joining key={role} project={project} meId={viewer.id} chosen={role} />
          ) : (
            <VisitorRoles project={project} />
          )}
        </div>
        {isDesk ? null : (
          <aside className="flex flex-col gap-12" aria-label={t('aside')}>
            {viewer ? (
              <MyMatch projectId={project.id} />
            ) : project.status === 'open' ? (
              <FitTeaser projectId={project.id} />
            ) : null}
            {team}
          </aside>
        )}
      </div>
    </div>
  );
}

function FitTeaser({ projectId }: { projectId: number }) {
  const t = useTranslations('apply');
  const tMatch = useTranslations('match');
  return (
    <Section title={tMatch('mine')}>
      <p className="mb-4 text-soft">{t('fitTeaser')}</p>
      <Link to="/sign-in" search={{ next: `/projects/${projectId}` }} className={buttonClass('secondary', 'small')}>
        {t('fitSignIn')}
      </Link>
    </Section>
  );
}

/** Only what everybody may see is offered to search engines. */
function useProjectHead(project: Project): void {
  const description = project.description.replace(/\s+/g, ' ').trim();
  const short = description.length > 160 ? `${description.slice(0, 159).trimEnd()}…` : description;
  const owner = useCardName()(project.owner);
  const isPublic = project.visibility === 'public' && project.status !== 'draft';
  usePageHead({
    title: project.title,
    ...(isPublic && {
      canonical: `/projects/${project.id}`,
      description: short,
      image: `/og/projects/${project.id}.png`,
      jsonLd: {
        '@type': 'Project',
        name: project.title,
        description: short,
        keywords: project.required_skills,
        foundingDate: project.created_at.slice(0, 10),
        founder: { '@type': 'Person', name: owner },
      },
    }),
  });
}
