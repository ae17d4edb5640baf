/** The four questions of onboarding. Each answer is saved before the next question is shown. */
import type { Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { type Form, useForm } from '../../lib/use-form.ts';
import { AboutFields } from './about-fields.tsx';
import { useSaveProfile } from './api.ts';
import { hoursOf, slotsOf } from './availability.ts';
import { OpenToField } from './open-to-field.tsx';
import { draftOf, SkillsEditor } from './skills-editor.tsx';
import { browserZone, TimeFields } from './time-fields.tsx';

interface StepProps {
  profile: Profile | null;
  onDone: () => void;
  onBack: (() => void) | undefined;
}

function StepForm<V extends object>({
  form,
  change,
  onDone,
  onBack,
  children,
}: { form: Form<V>; change: () => ProfileUpdate; children: ReactNode } & Omit<StepProps, 'profile'>) {
  const t = useTranslations('onboarding');
  const save = useSaveProfile();
  return (
    <form
      ref={form.ref}
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        save.mutate(change(), { onSuccess: onDone, onError: form.fail });
      }}
    >
      <FormError>{form.formError}</FormError>
      {children}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isPending={save.isPending}>
          {t('next')}
        </Button>
        {onBack ? (
          <Button look="quiet" onClick={onBack}>
            {t('back')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

export function AboutStep({ profile, ...rest }: StepProps) {
  const form = useForm({
    first_name: profile?.first_name ?? '',
    last_name: profile?.last_name ?? '',
    college: profile?.college ?? '',
    major: profile?.major ?? '',
    year: profile?.year ? String(profile.year) : '',
  });
  return (
    <StepForm form={form} change={() => ({ ...form.values, year: Number(form.values.year) })} {...rest}>
      <AboutFields form={form} />
    </StepForm>
  );
}

export function SkillsStep({ profile, ...rest }: StepProps) {
  const t = useTranslations('onboarding');
  const form = useForm({ skills: (profile?.skill_levels ?? []).map(draftOf) });
  const count = form.values.skills.length;
  return (
    <StepForm form={form} change={() => ({ skills: form.values.skills })} {...rest}>
      <SkillsEditor
        skills={form.values.skills}
        onChange={(skills) => form.set('skills', skills)}
        error={form.errorAt('/skills')}
      />
      <p className="text-sm text-soft" aria-live="polite">
        {t('skillCount', { count })}
      </p>
    </StepForm>
  );
}

export function TimeStep({ profile, ...rest }: StepProps) {
  const availability = profile?.availability;
  const zone = availability?.zone ?? browserZone();
  const form = useForm({ hours: availability?.hours_per_week == null ? '' : String(availability.hours_per_week) });
  const [week, setWeek] = useState(() => hoursOf(availability?.slots ?? []));
  const change = (): ProfileUpdate => ({
    availability: {
      hours_per_week: form.values.hours === '' ? null : Number(form.values.hours),
      zone,
      slots: slotsOf(week),
    },
  });
  return (
    <StepForm form={form} change={change} {...rest}>
      <TimeFields
        hoursPerWeek={form.values.hours}
        onHoursPerWeek={(value) => form.set('hours', value)}
        zone={zone}
        hours={week}
        onHours={setWeek}
        error={form.errorAt('/availability/hours_per_week')}
      />
    </StepForm>
  );
}

export function GoalsStep({ profile, ...rest }: StepProps) {
  const form = useForm({ open_to: profile?.open_to ?? [] });
  return (
    <StepForm form={form} change={() => ({ open_to: form.values.open_to })} {...rest}>
      <OpenToField value={form.values.open_to} onChange={(value) => form.set('open_to', value)} />
    </StepForm>
  );
}
