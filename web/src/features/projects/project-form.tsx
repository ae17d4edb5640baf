import { useTranslations } from 'use-intl';
import { CheckboxField, RadioGroup, SelectField, TextArea, TextField } from '../../components/fields.tsx';
import type { Form } from '../../lib/use-form.ts';
import { currencies, useLocalCurrency } from './currency.ts';
import { FormPart } from './form-parts.tsx';
import { type ProjectDraft, visibilities } from './project-draft.ts';
import { RoleBuilder } from './role-builder.tsx';
import { useSense } from './sense.ts';
import { SkillTags } from './skill-tags.tsx';

interface ProjectFormProps {
  /** By which buttons outside of it submit it. */
  id: string;
  form: Form<ProjectDraft>;
  onSubmit: () => void;
}

/** Everything about a project, in five parts on one page. */
export function ProjectForm({ id, form, onSubmit }: ProjectFormProps) {
  return (
    <form
      method="post"
      id={id}
      ref={form.ref}
      noValidate
      className="flex min-w-0 flex-col gap-12"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <FormPart part="what">
        <WhatFields form={form} />
      </FormPart>
      <FormPart part="roles">
        <RoleBuilder form={form} />
      </FormPart>
      <FormPart part="how">
        <HowFields form={form} />
      </FormPart>
      <FormPart part="budget">
        <BudgetFields form={form} />
      </FormPart>
      <FormPart part="who">
        <WhoFields form={form} />
      </FormPart>
    </form>
  );
}

function WhatFields({ form: { values, set, errorAt } }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm');
  return (
    <div className="flex flex-col gap-5">
      <TextField
        label={t('title')}
        name="title"
        required
        maxLength={140}
        dir="auto"
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
        dir="auto"
        rows={7}
        hint={t('descriptionHint')}
        value={values.description}
        onChange={(event) => set('description', event.target.value)}
        error={errorAt('/description')}
      />
      <SkillTags
        skills={values.required_skills}
        onChange={(skills) => set('required_skills', skills)}
        error={errorAt('/required_skills')}
      />
    </div>
  );
}

function HowFields({ form: { values, set, errorAt } }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm');
  const { wrong, worth } = useSense()(values);
  return (
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
        dir="auto"
        hint={worth.place ?? t('placeHint')}
        value={values.place}
        onChange={(event) => set('place', event.target.value)}
        error={errorAt('/place')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('hours')}
          name="hours_per_week"
          type="number"
          inputMode="numeric"
          min={1}
          max={80}
          isOptional
          hint={worth.hours_per_week ?? t('hoursHint')}
          value={values.hours_per_week}
          onChange={(event) => set('hours_per_week', event.target.value)}
          error={errorAt('/hours_per_week')}
        />
        <TextField
          label={t('deadline')}
          name="deadline"
          type="date"
          isOptional
          hint={worth.deadline ?? t('deadlineHint')}
          value={values.deadline}
          onChange={(event) => set('deadline', event.target.value)}
          error={errorAt('/deadline') ?? wrong.deadline}
        />
      </div>
      <TextField
        label={t('timeline')}
        name="timeline"
        isOptional
        maxLength={200}
        dir="auto"
        placeholder={t('timelinePlaceholder')}
        value={values.timeline}
        onChange={(event) => set('timeline', event.target.value)}
        error={errorAt('/timeline')}
      />
    </div>
  );
}

function BudgetFields({ form: { values, set, errorAt } }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm');
  const localCurrency = useLocalCurrency();
  const { wrong, worth } = useSense()(values);
  const currency = values.currency || localCurrency;
  const known = new Set<string>([...currencies, currency]);
  return (
    <div className="grid grid-cols-2 gap-5 sm:grid-cols-3">
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
        error={errorAt('/budget_max') ?? wrong.budget_max}
      />
      <SelectField
        label={t('currency')}
        name="currency"
        value={currency}
        choices={[...known].map((code) => ({ value: code, label: code }))}
        onChange={(event) => set('currency', event.target.value)}
        error={errorAt('/currency')}
      />
      {worth.budget_max ? <p className="text-sm text-soft sm:col-span-full">{worth.budget_max}</p> : null}
    </div>
  );
}

function WhoFields({ form: { values, set } }: { form: Form<ProjectDraft> }) {
  const t = useTranslations('projectForm');
  return (
    <RadioGroup
      legend={t('visibility')}
      name="visibility"
      value={values.visibility}
      onChange={(value) => set('visibility', value)}
      choices={visibilities.map((value) => ({
        value,
        label: t(`visible.${value}.label`),
        hint: t(`visible.${value}.hint`),
      }))}
    />
  );
}
