import type { Project } from '@collabthon/contracts/projects';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { isStatus } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useMe } from '../accounts/api.ts';
import { projectQuery, useUpdateProject } from './api.ts';
import { useDraftCheck } from './draft-check.ts';
import { bodyOf, draftOf } from './project-draft.ts';
import { ProjectForm } from './project-form.tsx';

const route = getRouteApi('/projects/$id/edit');

export function EditProjectPage() {
  const t = useTranslations('projectForm');
  const { id } = route.useParams();
  const me = useMe();
  const query = useQuery(projectQuery(id));
  if (isStatus(query.error, 404)) return <NotFoundPage />;
  if (query.isPending || me === undefined)
    return (
      <div className="mx-auto max-w-3xl px-5 sm:px-8">
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
  return <EditForm key={id} initial={query.data} />;
}

function EditForm({ initial }: { initial: Project }) {
  const t = useTranslations('projectForm');
  const navigate = useNavigate();
  const client = useQueryClient();
  const update = useUpdateProject(initial.id);
  const check = useDraftCheck();
  // The version that the form was filled from, whatever the cache learns meanwhile.
  const [version, setVersion] = useState(initial.version);
  const [theirs, setTheirs] = useState<Project>();
  const form = useForm(draftOf(initial));
  const params = { id: initial.id };

  const save = (onVersion: number) => {
    form.clear();
    const found = check(form.values);
    if (Object.keys(found).length > 0) return form.reject(found);
    update.mutate(
      { ...bodyOf(form.values), version: onVersion },
      {
        onSuccess: () => {
          showToast(t('saved'), 'good');
          void navigate({ to: '/projects/$id', params });
        },
        onError: (error) => {
          if (isStatus(error, 412))
            client.fetchQuery({ ...projectQuery(initial.id), staleTime: 0 }).then(setTheirs, form.fail);
          else form.fail(error);
        },
      },
    );
  };

  return (
    <Page title={t('editTitle')} lead={initial.title} width="reading">
      <ProjectForm
        form={form}
        onSubmit={() => save(version)}
        actions={
          <>
            <Button type="submit" isPending={update.isPending}>
              {t('save')}
            </Button>
            <Link to="/projects/$id" params={params} className={buttonClass('quiet')}>
              {t('discard')}
            </Link>
          </>
        }
      />
      <Dialog title={t('conflict.title')} isOpen={theirs !== undefined} onClose={() => setTheirs(undefined)}>
        <p className="mb-6 text-soft">{t('conflict.text')}</p>
        <div className="flex flex-wrap gap-3">
          <Button
            onClick={() => {
              if (!theirs) return;
              form.replace(draftOf(theirs));
              setVersion(theirs.version);
              setTheirs(undefined);
            }}
          >
            {t('conflict.theirs')}
          </Button>
          <Button
            look="secondary"
            onClick={() => {
              if (!theirs) return;
              setVersion(theirs.version);
              setTheirs(undefined);
              save(theirs.version);
            }}
          >
            {t('conflict.mine')}
          </Button>
        </div>
      </Dialog>
    </Page>
  );
}
