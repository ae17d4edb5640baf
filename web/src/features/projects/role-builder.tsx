import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { ChevronIcon, CloseIcon, PlusIcon } from '../../components/icons.tsx';
import { undoable } from '../../lib/toasts.ts';
import type { Form } from '../../lib/use-form.ts';
import { SkillInput } from '../profiles/skill-input.tsx';
import { levels } from '../profiles/skills.tsx';
import { emptyRole, namedRoles, type ProjectDraft, type RoleDraft } from './project-draft.ts';

const mostRoles = 20;
const roundButton =
  'grid size-9 place-items-center rounded-full text-soft hover:bg-well hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent';

/** The seats at the table: what each is for, which skill it asks for, how many there are, in an order that counts. */
export function RoleBuilder({ form }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm.roles');
  const { roles } = form.values;
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const [focusOn, setFocusOn] = useState<string>();
  // The server counts the roles that it was sent.
  const sent = namedRoles(form.values);
  const put = (next: RoleDraft[]) => form.set('roles', next);
  const nameOf = (role: RoleDraft) => role.name.trim() || t('legend', { number: roles.indexOf(role) + 1 });

  // A row that moves loses the focus on its way, and a new one has it first.
  useEffect(() => {
    if (!focusOn) return;
    list.current?.querySelector<HTMLElement>(focusOn)?.focus();
    setFocusOn(undefined);
  }, [focusOn]);

  const move = (role: RoleDraft, step: 1 | -1) => {
    const from = roles.indexOf(role);
    const to = from + step;
    if (to < 0 || to >= roles.length) return;
    const next = roles.filter((other) => other !== role);
    next.splice(to, 0, role);
    put(next);
    setSaid(t('moved', { role: nameOf(role), place: to + 1, count: roles.length }));
    setFocusOn(`[data-role="${role.key}"] [data-step="${step}"]`);
  };
  const remove = (role: RoleDraft) => {
    const at = roles.indexOf(role);
    put(roles.filter((other) => other !== role));
    // Among the roles as they are by then; discarding the changes may have brought it back already.
    const putBack = (now: ProjectDraft): ProjectDraft => {
      if (role.id && now.roles.some(({ id }) => id === role.id)) return now;
      const next = [...now.roles];
      next.splice(at, 0, { ...role, key: emptyRole(next).key });
      return { ...now, roles: next };
    };
    undoable({ text: t('removed', { role: nameOf(role) }), undo: () => form.change(putBack), commit: () => {} });
  };
  const add = () => {
    const role = emptyRole(roles);
    put([...roles, role]);
    setFocusOn(`[data-role="${role.key}"] input`);
  };

  return (
    <div>
      <ol ref={list} className="flex flex-col divide-y divide-rule border-y border-rule empty:hidden">
        {roles.map((role, index) => (
          <li key={role.key} data-role={role.key} className="py-4">
            <fieldset>
              <legend className="sr-only">{t('legend', { number: index + 1 })}</legend>
              <div className="mb-2 flex items-center gap-1">
                <p aria-hidden="true" className="eyebrow me-auto">
                  {t('legend', { number: index + 1 })}
                </p>
                {([-1, 1] as const).map((step) => {
                  const isEnd = step === -1 ? index === 0 : index === roles.length - 1;
                  return (
                    <button
                      key={step}
                      type="button"
                      data-step={step}
                      aria-label={t(step === -1 ? 'moveUp' : 'moveDown', { role: nameOf(role) })}
                      aria-disabled={isEnd || undefined}
                      className={roundButton}
                      onClick={() => move(role, step)}
                    >
                      <ChevronIcon className={step === -1 ? 'size-4 rotate-180' : 'size-4'} />
                    </button>
                  );
                })}
                <button
                  type="button"
                  aria-label={t('removeRole', { role: nameOf(role) })}
                  className={roundButton}
                  onClick={() => remove(role)}
                >
                  <CloseIcon className="size-4" />
                </button>
              </div>
              <RoleFields form={form} role={role} pointer={`/roles/${sent.indexOf(role)}`} />
            </fieldset>
          </li>
        ))}
      </ol>
      <span role="status" className="sr-only">
        {said}
      </span>
      {form.errorAt('/roles') ? <p className="mt-2 text-sm font-medium text-danger">{form.errorAt('/roles')}</p> : null}
      {roles.length < mostRoles ? (
        <Button look="secondary" size="small" className="mt-4" onClick={add}>
          <PlusIcon className="size-4" />
          {t('add')}
        </Button>
      ) : null}
    </div>
  );
}

function RoleFields({ form, role, pointer }: { form: Form<ProjectDraft>; role: RoleDraft; pointer: string }) {
  const t = useTranslations('projectForm.roles');
  const tSkills = useTranslations('skills');
  const change = (part: Partial<RoleDraft>) =>
    form.set(
      'roles',
      form.values.roles.map((other) => (other.key === role.key ? { ...other, ...part } : other)),
    );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={t('name')}
        placeholder={t('namePlaceholder')}
        maxLength={80}
        dir="auto"
        value={role.name}
        onChange={(event) => change({ name: event.target.value })}
        error={form.errorAt(`${pointer}/name`)}
      />
      <SkillInput
        label={t('skill')}
        isOptional
        value={role.skill}
        onChange={(skill) => change({ skill })}
        error={form.errorAt(`${pointer}/skill`)}
      />
      <SelectField
        label={t('level')}
        value={role.level}
        disabled={!role.skill.trim()}
        onChange={(event) => change({ level: event.target.value })}
        error={form.errorAt(`${pointer}/level`)}
        choices={[
          { value: '', label: t('anyLevel') },
          ...levels.map((level) => ({ value: String(level), label: tSkills(`level.${level}`) })),
        ]}
      />
      <TextField
        label={t('seats')}
        type="number"
        inputMode="numeric"
        min={1}
        max={50}
        required
        value={role.seats}
        onChange={(event) => change({ seats: event.target.value })}
        error={form.errorAt(`${pointer}/seats`)}
      />
    </div>
  );
}
