import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { CheckboxField, FormError, RadioGroup, SelectField, TextArea, TextField } from '../../components/fields.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { Section } from '../../components/page.tsx';
import type { Form } from '../../lib/use-form.ts';
import { SkillInput } from '../profiles/skill-input.tsx';
import type { ProjectDraft } from './project-draft.ts';
import { RoleBuilder } from './role-builder.tsx';

const currencies = [
  'USD',
  'EUR',
  'GBP',
  'INR',
  'MXN',
  'BRL',
  'AED',
  'SAR',
  'EGP',
  'JPY',
  'CAD',
  'AUD',
  'CHF',
  'NGN',
  'KES',
  'ZAR',
] as const;

interface ProjectFormProps {
  form: Form<ProjectDraft>;
  onSubmit: () => void;
  /** The buttons; the first is the submit button. */
  actions: ReactNode;
}

export function ProjectForm({ form, onSubmit, actions }: ProjectFormProps) {
  const t = useTranslations('projectForm');
  const { values, set, errorAt } = form;
  const known: string[] = [...currencies];
  if (!known.includes(values.currency)) known.push(values.currency);

  return (
    <form
      ref={form.ref}
      className="flex flex-col gap-12"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <FormError>{form.formError}</FormError>
      <Section title={t('what')}>
        <div className="flex flex-col gap-5">
          <TextField
            label={t('title')}
            name="title"
            required
            maxLength={140}
            hint={t('titleHint')}
            value={values.title}
            onChange={(event) => set('title', event.target.value)}
            error={errorAt('/title')}
          />
          <TextArea
            label={t('description')}
            name="description"
            required
            maxLength={10_000}
            hint={t('descriptionHint')}
            value={values.description}
            onChange={(event) => set('description', event.target.value)}
            error={errorAt('/description')}
          />
          <SkillTags form={form} />
        </div>
      </Section>
      <Section title={t('roles.title')}>
        <RoleBuilder form={form} />
      </Section>
      <Section title={t('how')}>
        <div className="flex flex-col gap-5">
          <CheckboxField
            label={t('remote')}
            hint={t('remoteHint')}
            name="is_remote"
            checked={values.is_remote}
            onChange={(event) => set('is_remote', event.target.checked)}
          />
          <TextField
            label={t('place')}
            name="place"
            isOptional
            maxLength={120}
            hint={t('placeHint')}
            value={values.place}
            onChange={(event) => set('place', event.target.value)}
            error={errorAt('/place')}
          />
          <div className="grid gap-5 sm:grid-cols-3">
            <TextField
              label={t('hours')}
              name="hours_per_week"
              type="number"
              inputMode="numeric"
              min={1}
              max={80}
              isOptional
              value={values.hours_per_week}
              onChange={(event) => set('hours_per_week', event.target.value)}
              error={errorAt('/hours_per_week')}
            />
            <TextField
              label={t('deadline')}
              name="deadline"
              type="date"
              isOptional
              value={values.deadline}
              onChange={(event) => set('deadline', event.target.value)}
              error={errorAt('/deadline')}
            />
            <TextField
              label={t('timeline')}
              name="timeline"
              isOptional
              maxLength={200}
              placeholder={t('timelinePlaceholder')}
              value={values.timeline}
              onChange={(event) => set('timeline', event.target.value)}
              error={errorAt('/timeline')}
            />
          </div>
        </div>
      </Section>
      <Section title={t('budget')}>
        <p className="mb-4 text-soft">{t('budgetLead')}</p>
        <div className="grid gap-5 sm:grid-cols-3">
          <TextField
            label={t('budgetMin')}
            name="budget_min"
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            isOptional
            value={values.budget_min}
            onChange={(event) => set('budget_min', event.target.value)}
            error={errorAt('/budget_min')}
          />
          <TextField
            label={t('budgetMax')}
            name="budget_max"
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            isOptional
            value={values.budget_max}
            onChange={(event) => set('budget_max', event.target.value)}
            error={errorAt('/budget_max')}
          />
          <SelectField
            label={t('currency')}
            name="currency"
            value={values.currency}
            choices={known.map((code) => ({ value: code, label: code }))}
            onChange={(event) => set('currency', event.target.value)}
            error={errorAt('/currency')}
          />
        </div>
      </Section>
      <Section title={t('who')}>
        <RadioGroup
          legend={t('visibility')}
          name="visibility"
          value={values.visibility}
          onChange={(value) => set('visibility', value)}
          choices={(['public', 'members', 'college'] as const).map((value) => ({
            value,
            label: t(`visible.${value}.label`),
            hint: t(`visible.${value}.hint`),
          }))}
        />
      </Section>
      <div className="sticky bottom-14 z-20 -mx-5 flex flex-wrap gap-3 border-t border-rule bg-paper px-5 py-4 sm:mx-0 sm:px-0 lg:bottom-0">
        {actions}
      </div>
    </form>
  );
}

/** Skills that the project as a whole asks for. */
function SkillTags({ form }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm');
  const tSkills = useTranslations('skills');
  const [text, setText] = useState('');
  const skills = form.values.required_skills;
  const add = (name: string) => {
    setText('');
    if (name && !skills.some((skill) => skill.toLowerCase() === name.toLowerCase()))
      form.set('required_skills', [...skills, name]);
  };
  return (
    <div>
      <div className="flex items-end gap-2">
        <SkillInput
          className="flex-1"
          label={t('skills')}
          isOptional
          value={text}
          onChange={setText}
          onPick={add}
          error={form.errorAt('/required_skills')}
        />
        <Button look="secondary" onClick={() => add(text.trim())}>
          {tSkills('addAction')}
        </Button>
      </div>
      <ul className="mt-3 flex flex-wrap gap-2 empty:hidden" aria-label={t('skills')}>
        {skills.map((skill) => (
          <li key={skill} className="inline-flex items-center gap-1 rounded-full bg-well ps-3 text-sm font-medium">
            {skill}
            <button
              type="button"
              aria-label={tSkills('remove', { skill })}
              className="grid size-8 place-items-center rounded-full hover:bg-rule"
              onClick={() =>
                form.set(
                  'required_skills',
                  skills.filter((other) => other !== skill),
                )
              }
            >
              <CloseIcon className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
