import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';
import { useEffect, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { DraftStatus } from '../../components/draft-status.tsx';
import { FormError, SelectField, TextArea } from '../../components/fields.tsx';
import { useDraft } from '../../lib/drafts.ts';
import { useErrorText, useFieldErrors } from '../../lib/errors.ts';
import { useForm } from '../../lib/use-form.ts';

interface AskText {
  role_id: string;
  message: string;
}

interface AskFormProps {
  kind: Collaboration['kind'];
  /** Says what is asked of whom. */
  title: string;
  /** To choose from; one or none need no choice. */
  roles?: Project['roles'];
  /** The id of the role that is chosen to begin with. */
  suggested?: number | undefined;
  /** The name under which the text is kept until it is sent. */
  draftKey: string;
  /** Why the last try failed. */
  error: unknown;
  isPending?: boolean;
  /** `forget` discards the kept text, once the request has arrived. */
  onSend: (text: { role: Project['roles'][number] | null; message: string; forget: () => void }) => void;
  onCancel: () => void;
}

/** A request in place, with questions that make it easy to answer. What is written here survives leaving the page. */
export function AskForm({
  kind,
  title,
  roles = [],
  suggested,
  draftKey,
  error,
  isPending = false,
  onSend,
  onCancel,
}: AskFormProps) {
  const t = useTranslations('apply');
  const tDrafts = useTranslations('drafts');
  const id = useId();
  const textOf = useErrorText();
  const fieldErrorsOf = useFieldErrors();
  const draft = useDraft<AskText>(draftKey, { role_id: suggested ? String(suggested) : '', message: '' });
  const form = useForm<AskText>(draft.value, draft);
  const only = roles.length === 1 ? roles[0] : undefined;
  const refused = error ? fieldErrorsOf(error) : {};

  const isLoading = draft.phase === 'loading';
  useEffect(() => {
    if (!isLoading) form.ref.current?.querySelector<HTMLElement>('select, textarea')?.focus({ preventScroll: true });
  }, [isLoading, form.ref]);

  const send = () => {
    form.clear();
    const role = only ?? roles.find((candidate) => String(candidate.id) === form.values.role_id) ?? null;
    if (roles.length > 0 && !role) return form.reject({ '/role_id': t('chooseRoleFirst') });
    onSend({ role, message: form.values.message, forget: () => void draft.finish() });
  };

  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      inert={isLoading}
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-sheet border border-rule bg-sheet p-4 sm:p-5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p id={id} className="font-display text-heading font-semibold">
        {title}
      </p>
      <FormError>{error ? textOf(error) : null}</FormError>
      {draft.theirs ? (
        <div role="alert" className="border-s-4 border-accent ps-4">
          <p className="font-semibold">{tDrafts('versions.short')}</p>
          <p className="my-2 max-h-40 overflow-auto whitespace-pre-wrap text-soft" dir="auto">
            {draft.theirs.message}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button size="small" look="secondary" onClick={draft.keepMine}>
              {tDrafts('versions.keepMine')}
            </Button>
            <Button size="small" look="quiet" onClick={() => draft.takeTheirs(tDrafts('versions.took'))}>
              {tDrafts('versions.takeTheirs')}
            </Button>
          </div>
        </div>
      ) : null}
      {roles.length > 1 ? (
        <SelectField
          label={t('role')}
          name="role_id"
          required
          value={form.values.role_id}
          onChange={(event) => form.set('role_id', event.target.value)}
          error={form.errorAt('/role_id') ?? refused['/role_id']}
          choices={[
            { value: '', label: t('chooseRole') },
            ...roles.map((role) => ({ value: String(role.id), label: role.name })),
          ]}
        />
      ) : null}
      <TextArea
        label={t('message')}
        name="message"
        isOptional
        maxLength={2000}
        dir="auto"
        hint={t(`prompt.${kind}`)}
        value={form.values.message}
        onChange={(event) => form.set('message', event.target.value)}
        error={refused['/message']}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button type="submit" isPending={isPending}>
          {t(`send.${kind}`)}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('later')}
        </Button>
        <div className="max-sm:basis-full sm:ms-auto">
          <DraftStatus draft={draft} />
        </div>
      </div>
    </form>
  );
}
