import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { PlusIcon } from '../../components/icons.tsx';
import type { Form } from '../../lib/use-form.ts';
import { SkillInput } from '../profiles/skill-input.tsx';
import { levels } from '../profiles/skills.tsx';
import { emptyRole, namedRoles, type ProjectDraft, type RoleDraft } from './project-draft.ts';

/** The seats at the table: what each is for, which skill it asks for, and how many there are. */
export function RoleBuilder({ form }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm.roles');
  const tSkills = useTranslations('skills');
  const { roles } = form.values;
  const change = (key: number, part: Partial<RoleDraft>) =>
    form.set(
      'roles',
      roles.map((role) => (role.key === key ? { ...role, ...part } : role)),
    );
  // The server counts the roles that it was sent.
  const sent = namedRoles(form.values);

  return (
    <div>
      <p className="mb-4 text-soft">{t('lead')}</p>
      <ol className="flex flex-col divide-y divide-rule border-y border-rule">
        {roles.map((role, index) => {
          const pointer = `/roles/${sent.indexOf(role)}`;
          return (
            <li key={role.key}>
              <fieldset className="grid gap-x-4 gap-y-4 py-5 sm:grid-cols-[2fr_2fr_1.7fr_4.5rem]">
                <legend className="sr-only">{t('legend', { number: index + 1 })}</legend>
                <TextField
                  label={t('name')}
                  placeholder={t('namePlaceholder')}
                  maxLength={80}
                  value={role.name}
                  onChange={(event) => change(role.key, { name: event.target.value })}
                  error={form.errorAt(`${pointer}/name`)}
                />
                <SkillInput
                  label={t('skill')}
                  value={role.skill}
                  onChange={(skill) => change(role.key, { skill })}
                  error={form.errorAt(`${pointer}/skill`)}
                />
                <SelectField
                  label={t('level')}
                  value={role.level}
                  onChange={(event) => change(role.key, { level: event.target.value })}
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
                  onChange={(event) => change(role.key, { seats: event.target.value })}
                  error={form.errorAt(`${pointer}/seats`)}
                />
                <div className="sm:col-span-full">
                  <Button
                    look="quiet"
                    size="small"
                    className="-ms-3"
                    onClick={() =>
                      form.set(
                        'roles',
                        roles.filter((other) => other !== role),
                      )
                    }
                  >
                    {t('remove')}
                    <span className="sr-only"> {role.name || t('legend', { number: index + 1 })}</span>
                  </Button>
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
      {form.errorAt('/roles') ? <p className="mt-2 text-sm font-medium text-danger">{form.errorAt('/roles')}</p> : null}
      {roles.length < 20 ? (
        <Button
          look="secondary"
          size="small"
          className="mt-4"
          onClick={() => form.set('roles', [...roles, emptyRole()])}
        >
          <PlusIcon className="size-4" />
          {t('add')}
        </Button>
      ) : null}
    </div>
  );
}
