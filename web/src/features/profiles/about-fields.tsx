import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { SelectField, TextField } from '../../components/fields.tsx';
import type { Form } from '../../lib/use-form.ts';
import { collegesQuery, majorsQuery } from './api.ts';
import { KnownNameField } from './known-name-field.tsx';

export interface AboutValues {
  first_name: string;
  last_name: string;
  college: string;
  major: string;
  year: string;
}

const studyYears = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;

/** Who I am and what I study; the same in onboarding and in the settings. */
export function AboutFields<V extends AboutValues>({ form }: { form: Form<V> }) {
  const t = useTranslations('person.fields');
  const colleges = useQuery(collegesQuery).data ?? [];
  const majors = useQuery(majorsQuery).data ?? [];
  const { first_name, last_name, college, major, year } = form.values;
  const set = form.set as <K extends keyof AboutValues>(name: K, value: string) => void;
  const isListed = year === '' || (studyYears as readonly string[]).includes(year);
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('firstName')}
          name="first_name"
          autoComplete="given-name"
          required
          maxLength={80}
          value={first_name}
          onChange={(event) => set('first_name', event.target.value)}
          error={form.errorAt('/first_name')}
        />
        <TextField
          label={t('lastName')}
          name="last_name"
          autoComplete="family-name"
          maxLength={80}
          isOptional
          value={last_name}
          onChange={(event) => set('last_name', event.target.value)}
          error={form.errorAt('/last_name')}
        />
      </div>
      <KnownNameField
        label={t('college')}
        name="college"
        known={colleges}
        value={college}
        onChange={(value) => set('college', value)}
        error={form.errorAt('/college')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <KnownNameField
          label={t('major')}
          name="major"
          known={majors}
          value={major}
          onChange={(value) => set('major', value)}
          error={form.errorAt('/major')}
        />
        <SelectField
          label={t('year')}
          name="year"
          required
          value={year}
          onChange={(event) => set('year', event.target.value)}
          error={form.errorAt('/year')}
          choices={[
            { value: '', label: t('yearChoose') },
            ...studyYears.map((value) => ({ value, label: t('yearChoice', { year: Number(value) }) })),
            ...(isListed ? [] : [{ value: year, label: year }]),
          ]}
        />
      </div>
    </>
  );
}
