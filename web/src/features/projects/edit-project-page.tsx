import type { Project } from '@collabthon/contracts/projects';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useDraft } from '../../lib/drafts.ts';
import { isStatus } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe } from '../accounts/api.ts';
import { usePendingOf } from '../collaborations/api.ts';
import { type Ending, endingsOf } from '../collaborations/stakes.ts';
import { projectQuery, useUpdateProject } from './api.ts';
import { useLocalCurrency } from './currency.ts';
import { useDraftCheck } from './draft-check.ts';
import { EndingDialog } from './ending-dialog.tsx';
import { bodyOf, draftOf, type ProjectDraft, readDraft } from './project-draft.ts';
import { ProjectEditor } from './project-editor.tsx';
import { merge } from './versions.ts';

const route = getRouteApi('/projects/$id/edit');

export function EditProjectPage() {
  const t = useTranslations('projectForm');
  const { id } = route.useParams();
  const me = useMe();
  const query = useQuery(projectQuery(id));
  if (isStatus(query.error, 404)) return <NotFoundPage />;
  if (query.isPending || me === undefined)
    return (
      <div className="mx-auto max-w-6xl px-5 sm:px-8">
        <PageSkeleton />
      </div>
    );
  if (!query.data)
    return (
      <Page title={t('editTitle')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  if (query.data.owner_id !== me?.id) return <NotFoundPage />;
  return (
    <Page
      title={t('editTitle')}
      lead={
        <Link to="/projects/$id" params={{ id }} className="link link-alone" dir="auto">
          {query.data.title}
        </Link>
      }
    >
      <EditProject key={id} project={query.data} />
    </Page>
  );
}

function EditProject({ project }: { project: Project }) {
  const t = useTranslations('projectForm');
  const navigate = useNavigate();
  const client = useQueryClient();
  const check = useDraftCheck();
  const currency = useLocalCurrency();
  const latest = useMemo(() => draftOf(project), [project]);
  // A draft that does not say from which version it began is compared with this one.
  const draft = useDraft<ProjectDraft>(`project:${project.id}`, latest, (found) =>
    readDraft({ ...latest, version: 0 }, found),
  );
  const update = useUpdateProject(project.id, () => {
    showToast(t('saved'), 'good');
    void draft.finish();
  });
  const form = useForm<ProjectDraft>(draft.value, draft);
  const params = { id: project.id };
  const pending = usePendingOf(project.id);
  const [endings, setEndings] = useState<Ending[]>([]);
  const isBehind = draft.phase !== 'blank' && form.values.version !== project.version && !update.isSuccess;
  const base = useBase(project, form.values.version);
  const merged = isBehind ? merge(base, form.values, latest) : null;
  const needsNoAnswer = merged !== null && merged.asks.length === 0 && draft.phase !== 'loading';

  const { rebase } = draft;
  useEffect(() => rebase(latest), [rebase, latest]);

  // What only others changed is taken in without a question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `merged` is made anew with every render, from these
  useEffect(() => {
    if (!needsNoAnswer || !merged) return;
    const isNews = JSON.stringify(merged.draft) !== JSON.stringify(form.values);
    form.replace(merged.draft);
    if (isNews) showToast(t('versions.takenIn'));
  }, [needsNoAnswer, project.version]);

  const save = () => {
    form.clear();
    const found = check(form.values);
    if (Object.keys(found).length > 0) return form.reject(found);
    const ended = endingsOf(project.roles, bodyOf(form.values, currency).roles ?? [], pending);
    if (ended.length > 0) setEndings(ended);
    else send();
  };
  const send = () => {
    setEndings([]);
    update.mutate(
      { ...bodyOf(form.values, currency), version: form.values.version },
      {
        onSuccess: () => void navigate({ to: '/projects/$id', params }),
        onError: (error) => {
          // Somebody was faster. Their version is fetched, and put beside this one.
          if (isStatus(error, 412)) void client.invalidateQueries({ queryKey: projectQuery(project.id).queryKey });
          else form.fail(error);
        },
      },
    );
  };

  return (
    <>
      <ProjectEditor
        id={project.id}
        draft={draft}
        form={form}
        submit={{ label: t('save'), isPending: update.isPending, run: save }}
        versions={
          merged && merged.asks.length > 0
            ? {
                title: t('versions.title'),
                text: t('versions.text'),
                mine: form.values,
                theirs: latest,
                merged,
                onChoose: (chosen) => {
                  form.clear();
                  form.replace(chosen);
                },
              }
            : null
        }
        extra={
          draft.phase === 'blank' ? (
            <Link to="/projects/$id" params={params} className={buttonClass('quiet')}>
              {t('back')}
            </Link>
          ) : (
            <Button
              look="quiet"
              onClick={() => {
                form.clear();
                draft.discard(t('changesDiscarded'));
              }}
            >
              {t('discardChanges')}
            </Button>
          )
        }
      />
      <EndingDialog endings={endings} onSave={send} onClose={() => setEndings([])} />
    </>
  );
}

/** The project as it was when the writing began, if this page has seen it so. */
function useBase(project: Project, version: number | undefined): ProjectDraft | null {
  const [first] = useState(() => draftOf(project));
  const seen = useRef(new Map([[first.version, first]]));
  seen.current.set(project.version, draftOf(project));
  return seen.current.get(version) ?? null;
}
