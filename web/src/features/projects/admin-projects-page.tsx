import type { Project, ProjectStatus } from '@collabthon/contracts/projects';
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError, RadioGroup, SelectField, TextArea, TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useCardName } from '../profiles/names.ts';
import { type AdminProjectFilters, adminProjectsQuery } from './admin-api.ts';
import { movesFrom, projectStatuses } from './lifecycle.ts';
import { StatusTag } from './project-facts.tsx';

const route = getRouteApi('/admin/projects');

const movesOf = (status: ProjectStatus): ProjectStatus[] => movesFrom[status].map(({ to }) => to);

/** All projects, drafts too, newest first. */
export function AdminProjectsPage() {
  const t = useTranslations('admin.projects');
  const cardName = useCardName();
  const tProject = useTranslations('project');
  const filters = route.useSearch();
  const navigate = useNavigate();
  const [text, setText] = useState(filters.q ?? '');
  const wanted = useDebounced(text.trim());
  const projects = useInfiniteQuery({ ...adminProjectsQuery(filters), placeholderData: keepPreviousData });
  const set = (change: AdminProjectFilters) =>
    void navigate({ to: '/admin/projects', search: { ...filters, ...change }, replace: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what was typed, and nothing else
  useEffect(() => {
    if (wanted !== (filters.q ?? '')) set({ q: wanted || undefined });
  }, [wanted]);

  const [moving, setMoving] = useState<Project>();
  const found = projects.data?.pages.flat() ?? [];
  // Another search is another list: no row travels from its old place to its new one.
  const listed = useRef('');
  if (!projects.isPlaceholderData) listed.current = JSON.stringify(filters);
  return (
    <Page title={t('title')} width="reading">
      <search className="mb-6 grid items-end gap-4 sm:grid-cols-[1fr_12rem]">
        <TextField
          label={t('find')}
          type="search"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label={t('stateLabel')}
          value={filters.status ?? ''}
          onChange={(event) => set({ status: projectStatuses.find((known) => known === event.target.value) })}
          choices={[
            { value: '', label: t('anyState') },
            ...projectStatuses.map((value) => ({ value, label: tProject(`status.${value}`) })),
          ]}
        />
      </search>
      {projects.isPending ? <RowSkeletons count={5} rowClass="h-20" /> : null}
      {projects.isError ? <ErrorState error={projects.error} onRetry={() => void projects.refetch()} /> : null}
      {projects.isSuccess && found.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
      <ul
        key={listed.current}
        aria-label={t('title')}
        className="divide-y divide-rule border-y border-rule empty:hidden"
      >
        {found.map((project) => (
          <li key={project.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-64">
              <Link to="/projects/$id" params={{ id: project.id }} className="link inline-block min-h-6 font-semibold">
                <bdi>{project.title}</bdi>
              </Link>
              <p className="text-sm text-faint">
                <bdi>{cardName(project.owner)}</bdi> · <RelativeTime value={project.created_at} />
              </p>
            </div>
            <StatusTag status={project.status} />
            {movesOf(project.status).length > 0 ? (
              <Button look="secondary" size="small" onClick={() => setMoving(project)}>
                {t('move')}
                <span className="sr-only"> {project.title}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {projects.hasNextPage ? (
        <Button
          look="secondary"
          size="small"
          className="mt-4"
          isPending={projects.isFetchingNextPage}
          onClick={() => void projects.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
      <Dialog
        title={moving ? t('moveTitle', { title: moving.title }) : ''}
        isOpen={moving !== undefined}
        onClose={() => setMoving(undefined)}
      >
        {moving ? <MoveForm project={moving} onDone={() => setMoving(undefined)} /> : null}
      </Dialog>
    </Page>
  );
}

function MoveForm({ project, onDone }: { project: Project; onDone: () => void }) {
  const t = useTranslations('admin.projects');
  const tProject = useTranslations('project');
  const tCommon = useTranslations('common');
  const textOf = useErrorText();
  const client = useQueryClient();
  const moves = movesOf(project.status);
  const [to, setTo] = useState<ProjectStatus>();
  const [isMissing, setMissing] = useState(false);
  const [reason, setReason] = useState('');

  const put = (status: ProjectStatus, why: string) =>
    api('PUT /admin/projects/{id}/update-status', {
      params: { id: project.id },
      body: { status, ...(why ? { reason: why } : {}) },
    });
  /** The row keeps its place, also where its new state is not asked for: nothing moves under the hand. */
  const show = (status: ProjectStatus) => {
    client.setQueriesData<InfiniteData<Project[]>>(
      { queryKey: ['admin', 'projects'] },
      (lists) =>
        lists && {
          ...lists,
          pages: lists.pages.map((page) => page.map((one) => (one.id === project.id ? { ...one, status } : one))),
        },
    );
    for (const queryKey of [['admin', 'stats'], ['admin', 'audit'], ['project', project.id], ['projects']])
      void client.invalidateQueries({ queryKey });
  };
  const back = () =>
    void put(project.status, '').then(
      () => show(project.status),
      (error: unknown) => showToast(textOf(error), 'bad'),
    );

  const move = useMutation({
    mutationFn: (status: ProjectStatus) => put(status, reason.trim()),
    onSuccess: (_, status) => {
      show(status);
      const mayReturn = movesOf(status).includes(project.status);
      showToast(t('moved', { title: project.title, state: tProject(`status.${status}`) }), 'good', {
        action: mayReturn ? { label: tCommon('undo'), run: back } : null,
      });
      onDone();
    },
  });
  return (
    <form
      method="post"
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(!to);
        if (to) move.mutate(to);
      }}
    >
      <FormError>{isMissing && !to ? t('noMove') : move.isError ? textOf(move.error) : null}</FormError>
      <RadioGroup
        legend={t('moveTo')}
        name="status"
        value={to}
        onChange={setTo}
        choices={moves.map((value) => ({
          value,
          label: tProject(`status.${value}`),
          hint: t(`effect.${value}`),
        }))}
      />
      <TextArea
        label={t('reason')}
        hint={t('reasonHint')}
        isOptional
        dir="auto"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex flex-wrap gap-3">
        <Button
          type="submit"
          look={to === 'cancelled' || to === 'completed' ? 'danger' : 'primary'}
          isPending={move.isPending}
        >
          {t('moveAction')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
