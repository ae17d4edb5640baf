import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { DraftStatus } from '../../components/draft-status.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import type { Draft } from '../../lib/drafts.ts';
import type { Form } from '../../lib/use-form.ts';
import { FormProgress } from './form-parts.tsx';
import { LikelyPeople } from './likely-people.tsx';
import type { ProjectDraft } from './project-draft.ts';
import { ProjectForm } from './project-form.tsx';
import { ProjectPreview } from './project-preview.tsx';
import { VersionChoice } from './version-choice.tsx';
import { merge } from './versions.ts';

interface ProjectEditorProps {
  draft: Draft<ProjectDraft>;
  form: Form<ProjectDraft>;
  /** Of the project, once there is one. */
  id?: number;
  submit: { label: string; isPending: boolean; run: () => void };
  /** Above the form: what has to be decided or known first. */
  notice?: ReactNode;
  /** At the end: how to leave it be. */
  extra?: ReactNode;
}

const formId = 'project-form';

/** Writing a project: the form, how far it is, who would fit, how it will look; kept as it is written. */
export function ProjectEditor({ draft, form, id, submit, notice, extra }: ProjectEditorProps) {
  const t = useTranslations('projectForm');
  const tDrafts = useTranslations('drafts.versions');
  const [isPreview, setPreview] = useState(false);
  if (draft.phase === 'loading') return <PageSkeleton />;

  const toggle = () => {
    setPreview(!isPreview);
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-8">
          {draft.phase === 'conflict' && draft.theirs ? (
            <VersionChoice
              title={tDrafts('title')}
              text={tDrafts('text')}
              mine={form.values}
              theirs={draft.theirs}
              merged={merge(null, form.values, draft.theirs)}
              onChoose={(chosen) => {
                draft.set(() => chosen);
                draft.keepMine();
              }}
            />
          ) : (
            notice
          )}
          {isPreview ? (
            <ProjectPreview draft={form.values} id={id} />
          ) : (
            <ProjectForm id={formId} form={form} onSubmit={submit.run} />
          )}
          <div className="-ms-3 flex">{extra}</div>
        </div>
        <aside className="flex flex-col gap-10 lg:sticky lg:top-24" aria-label={t('aside')}>
          {isPreview ? null : (
            <div className="max-lg:hidden">
              <FormProgress draft={form.values} />
            </div>
          )}
          <LikelyPeople draft={form.values} />
        </aside>
      </div>
      <div className="sticky bottom-14 z-20 -mx-5 mt-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-rule bg-paper px-5 py-3 sm:-mx-8 sm:px-8 lg:bottom-0">
        <Button
          {...(isPreview ? { onClick: submit.run } : { type: 'submit', form: formId })}
          isPending={submit.isPending}
        >
          {submit.label}
        </Button>
        <Button look="secondary" aria-pressed={isPreview} onClick={toggle}>
          {t(isPreview ? 'write' : 'preview')}
        </Button>
        <div className="ms-auto min-w-0 flex-1 text-end has-data-trouble:basis-full has-data-trouble:text-start sm:has-data-trouble:basis-0 sm:has-data-trouble:text-end">
          <DraftStatus draft={draft} />
        </div>
      </div>
    </>
  );
}
