import { type ReactNode, useEffect, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Section } from '../../components/page.tsx';
import type { ProfileSection } from './profile-section.ts';

interface SectionFormProps<V extends object> {
  /** Where links from elsewhere lead. */
  id?: string;
  title: string;
  lead?: string;
  section: ProfileSection<V>;
  children: ReactNode;
}

/** A part of the profile with a button of its own, which says how it stands. */
export function SectionForm<V extends object>({ id, title, lead, section, children }: SectionFormProps<V>) {
  const t = useTranslations('settingsProfile');
  const { form, state } = section;
  const isUnsaved = state === 'changed' || state === 'conflict';
  useLeaveWarning(isUnsaved);
  const hasFailed = Boolean(form.formError) || Object.keys(form.errors).length > 0;
  return (
    <div id={id} className="scroll-mt-24">
      <Section title={title}>
        {lead ? <p className="-mt-2 mb-5 max-w-prose text-soft">{lead}</p> : null}
        <form
          method="post"
          ref={form.ref}
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            // The two versions may have come apart a moment before the button was pressed: nobody has chosen yet.
            if (state === 'conflict') form.ref.current?.querySelector<HTMLElement>('[role=alert] button')?.focus();
            else if (form.check()) section.save();
          }}
        >
          {children}
          {state === 'conflict' ? <Conflict section={section} /> : null}
          <ErrorSummary form={form.ref} errors={form.errors}>
            {form.formError}
          </ErrorSummary>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button type="submit" look={isUnsaved ? 'primary' : 'secondary'} isPending={state === 'saving'}>
              {t('save')}
              <span className="sr-only"> {title}</span>
            </Button>
            <p role="status" className={`text-sm ${hasFailed ? 'font-medium text-danger' : 'text-soft'}`}>
              {hasFailed ? t('state.failed') : state === 'same' || state === 'conflict' ? null : t(`state.${state}`)}
            </p>
          </div>
        </form>
      </Section>
    </div>
  );
}

function Conflict({ section }: { section: Pick<ProfileSection<object>, 'keepMine' | 'takeTheirs'> }) {
  const t = useTranslations('settingsProfile.conflict');
  const id = useId();
  return (
    <div role="alert" aria-labelledby={id} className="border-s-4 border-mark py-1 ps-4">
      <p id={id} className="max-w-prose font-medium">
        {t('text')}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="secondary" size="small" onClick={section.keepMine}>
          {t('keepMine')}
        </Button>
        <Button look="secondary" size="small" onClick={() => section.takeTheirs(t('took'))}>
          {t('takeTheirs')}
        </Button>
      </div>
    </div>
  );
}

/** The browser asks before a page with something unsaved is closed or loaded again. */
function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}
