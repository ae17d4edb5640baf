import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useCreateProject } from './api.ts';
import { useDraftCheck } from './draft-check.ts';
import { bodyOf, emptyDraft } from './project-draft.ts';
import { ProjectForm } from './project-form.tsx';

export function NewProjectPage() {
  const t = useTranslations('projectForm');
  const navigate = useNavigate();
  const create = useCreateProject();
  const check = useDraftCheck();
  const form = useForm(emptyDraft());

  const save = (status: 'draft' | 'open') => {
    form.clear();
    const found = check(form.values);
    if (Object.keys(found).length > 0) return form.reject(found);
    create.mutate(
      { ...bodyOf(form.values), status },
      {
        onSuccess: (project) => {
          showToast(t(status === 'open' ? 'posted' : 'draftSaved'), 'good');
          void navigate({ to: '/projects/$id', params: { id: project.id } });
        },
        onError: form.fail,
      },
    );
  };

  return (
    <Page title={t('newTitle')} lead={t('newLead')} width="reading">
      <ProjectForm
        form={form}
        onSubmit={() => save('open')}
        actions={
          <>
            <Button type="submit" isPending={create.isPending}>
              {t('post')}
            </Button>
            <Button look="secondary" isPending={create.isPending} onClick={() => save('draft')}>
              {t('saveDraft')}
            </Button>
          </>
        }
      />
    </Page>
  );
}
