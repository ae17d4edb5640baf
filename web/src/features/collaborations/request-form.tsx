import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, SelectField, TextArea } from '../../components/fields.tsx';
import { useForm } from '../../lib/use-form.ts';
import { useSendRequest } from './api.ts';

export const freeRoles = (project: Project): Project['roles'] =>
  project.roles.filter((role) => role.taken < role.seats);

interface RequestFormProps {
  receiverId: number;
  kind: Collaboration['kind'];
  /** The project to apply to or to invite to; none for a request to connect. */
  project?: Project | undefined;
  /** The roles to choose from; those with a free seat unless said. */
  roles?: Project['roles'];
  onSent: () => void;
  onCancel?: (() => void) | undefined;
}

/** A request in place: for a role when the project has some, with a word to the person. */
export function RequestForm({
  receiverId,
  kind,
  project,
  roles = project ? freeRoles(project) : [],
  onSent,
  onCancel,
}: RequestFormProps) {
  const t = useTranslations('requests');
  const id = useId();
  const send = useSendRequest();
  const form = useForm({ role_id: roles.length === 1 ? String(roles[0]?.id) : '', message: '' });
  const needsRole = (project?.roles.length ?? 0) > 0;

  return (
    <form
      method="post"
      ref={form.ref}
      aria-labelledby={id}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        const { role_id, message } = form.values;
        send.mutate(
          {
            receiver_id: receiverId,
            project_id: project?.id ?? null,
            role_id: role_id ? Number(role_id) : null,
            message: message.trim() || null,
          },
          { onSuccess: onSent, onError: form.fail },
        );
      }}
    >
      <p id={id} className="sr-only">
        {t(`formLabel.${kind}`)}
      </p>
      <FormError>{form.formError}</FormError>
      {needsRole && roles.length !== 1 ? (
        <SelectField
          label={t('role')}
          name="role_id"
          required
          value={form.values.role_id}
          onChange={(event) => form.set('role_id', event.target.value)}
          error={form.errorAt('/role_id')}
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
        hint={t(`messageHint.${kind}`)}
        value={form.values.message}
        onChange={(event) => form.set('message', event.target.value)}
        error={form.errorAt('/message')}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isPending={send.isPending}>
          {t(`send.${kind}`)}
        </Button>
        {onCancel ? (
          <Button look="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
