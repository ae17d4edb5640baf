import { type ReactNode, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftStatus } from '../../components/draft-status.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { ChevronIcon } from '../../components/icons.tsx';
import type { Draft } from '../../lib/drafts.ts';
import { useShortcut } from '../../lib/shortcuts.ts';
import type { Form } from '../../lib/use-form.ts';
import { FormProgress, type Part, partId, usePartStates } from './form-parts.tsx';
import { LikelyPeople, useLikelyPeople } from './likely-people.tsx';
import type { ProjectDraft } from './project-draft.ts';
import { ProjectForm } from './project-form.tsx';
import { ProjectPreview } from './project-preview.tsx';
import { VersionChoice, type Versions } from './version-choice.tsx';
import { merge } from './versions.ts';

interface ProjectEditorProps {
  draft: Draft<ProjectDraft>;
  form: Form<ProjectDraft>;
  /** Of the project, once there is one. */
  id?: number;
  submit: { label: string; isPending: boolean; run: () => void };
  /** Of the project itself, when somebody else saved it meanwhile. */
  versions?: Versions | null;
  /** Below what stands beside the form. */
  beside?: ReactNode;
  /** At the end: how to leave it be. */
  extra?: ReactNode;
}

const formId = 'project-form';

/** Writing a project: the form, how far it is, who would fit, how it will look; kept as it is written. */
export function ProjectEditor({ draft, form, id, submit, versions = null, beside, extra }: ProjectEditorProps) {
  const t = useTranslations('projectForm');
  const tDrafts = useTranslations('drafts.versions');
  const [isPreview, setPreview] = useState(false);
  const states = usePartStates(form.values, form.errors);
  const likely = useLikelyPeople(form.values);

  // Until the draft is there nothing can be typed that it would not know of.
  const isLoading = draft.phase === 'loading';
  const draftVersions: Versions | null =
    draft.phase === 'conflict' && draft.theirs
      ? {
          title: tDrafts('title'),
          text: tDrafts('text'),
          mine: form.values,
          theirs: draft.theirs,
          merged: merge(null, form.values, draft.theirs),
          onChoose: (chosen) => {
            draft.set(() => chosen);
            draft.keepMine();
          },
        }
      : null;
  const toggle = () => {
    setPreview(!isPreview);
    window.scrollTo({ top: 0 });
  };
  useShortcut('mod+Enter', submit.label, isLoading || submit.isPending ? null : submit.run);

  return (
    <>
      <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-8" inert={isLoading} aria-busy={isLoading}>
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
              <FormProgress states={states} />
            </div>
          )}
          <div className="max-lg:hidden">
            <LikelyPeople likely={likely} />
          </div>
          {beside}
        </aside>
      </div>
      <div className="action-bar sticky bottom-14 z-20 -mx-5 mt-10 border-t border-rule bg-paper px-5 py-3 low:static sm:-mx-8 sm:px-8 lg:bottom-0">
        <ErrorSummary form={form.ref} errors={form.errors}>
          {form.formError}
        </ErrorSummary>
        {isPreview ? null : <Glance states={states} likely={likely} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            {...(isPreview ? { onClick: submit.run } : { type: 'submit', form: formId })}
            isPending={submit.isPending || isLoading}
          >
            {submit.label}
          </Button>
          <Button look="secondary" onClick={toggle}>
            {t(isPreview ? 'write' : 'preview')}
          </Button>
          <div className="ms-auto min-w-0 grow basis-20 text-end has-data-trouble:basis-full has-data-trouble:text-start sm:has-data-trouble:basis-0 sm:has-data-trouble:text-end">
            <Choosing key={draftVersions ? 'draft' : 'project'} versions={draftVersions ?? versions}>
              <DraftStatus draft={draft} />
            </Choosing>
          </div>
        </div>
      </div>
    </>
  );
}

interface GlanceProps {
  states: ReturnType<typeof usePartStates>;
  likely: ReturnType<typeof useLikelyPeople>;
}

/** On phones, in one line: how far the writing is and how many would fit; it opens to both. */
function Glance({ states, likely }: GlanceProps) {
  const t = useTranslations('projectForm.glance');
  const [isOpen, setOpen] = useState(false);
  const goal = useRef<Part>(undefined);
  const done = states.filter(([, state]) => state === 'done').length;
  return (
    <div className="-mt-2 mb-1 lg:hidden">
      <button
        type="button"
        aria-haspopup="dialog"
        className="flex min-h-11 w-full items-center justify-between gap-4 text-start text-sm font-medium"
        onClick={() => setOpen(true)}
      >
        <span>{t('parts', { done, all: states.length })}</span>
        <span className="flex items-center gap-1.5 text-soft">
          {likely.found ? t('people', { count: likely.found.total_considered }) : t('look')}
          <ChevronIcon className="size-4 rotate-180" />
        </span>
      </button>
      <Dialog
        title={t('title')}
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
          if (goal.current) document.getElementById(partId(goal.current))?.focus();
          goal.current = undefined;
        }}
      >
        <FormProgress
          states={states}
          onGo={(part) => {
            goal.current = part;
            setOpen(false);
          }}
        />
        <div className="mt-8">
          <LikelyPeople likely={likely} />
        </div>
      </Dialog>
    </div>
  );
}

/** The choice between two versions opens by itself; put off, it waits where the state of the draft stands. */
function Choosing({ versions, children }: { versions: Versions | null; children: ReactNode }) {
  const t = useTranslations('projectForm.versions');
  const [isPutOff, setPutOff] = useState(false);
  if (!versions) return children;
  return (
    <>
      <Button look="quiet" onClick={() => setPutOff(false)}>
        {t('compare')}
      </Button>
      <div className="text-start">
        <VersionChoice {...versions} isOpen={!isPutOff} onClose={() => setPutOff(true)} />
      </div>
    </>
  );
}
