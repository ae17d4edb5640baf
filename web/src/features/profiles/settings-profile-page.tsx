import type { Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormError, RadioGroup, TextArea, TextField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { AboutFields } from './about-fields.tsx';
import { myProfileQuery, useSaveProfile } from './api.ts';
import { hoursOf, slotsOf } from './availability.ts';
import { OpenToField } from './open-to-field.tsx';
import { draftOf, SkillsEditor } from './skills-editor.tsx';
import { browserZone, TimeFields } from './time-fields.tsx';

export function SettingsProfilePage() {
  const t = useTranslations('settings.profile');
  const query = useQuery(myProfileQuery);
  return (
    <Page
      title={t('title')}
      width="reading"
      actions={
        query.data ? (
          <Link to="/people/$id" params={{ id: query.data.user_id }} className={buttonClass('secondary', 'small')}>
            {t('view')}
          </Link>
        ) : undefined
      }
    >
      {query.isPending ? <PageSkeleton /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data === null ? (
        <EmptyState
          title={t('none')}
          action={
            <Link to="/welcome" className={buttonClass('secondary')}>
              {t('begin')}
            </Link>
          }
        />
      ) : null}
      {query.data ? <ProfileForm profile={query.data} /> : null}
    </Page>
  );
}

function ProfileForm({ profile }: { profile: Profile }) {
  const t = useTranslations('settings.profile');
  const tOnboarding = useTranslations('onboarding.steps');
  const save = useSaveProfile();
  const zone = profile.availability.zone ?? browserZone();
  const [week, setWeek] = useState(() => hoursOf(profile.availability.slots));
  const form = useForm({
    first_name: profile.first_name,
    last_name: profile.last_name,
    college: profile.college,
    major: profile.major,
    year: profile.year ? String(profile.year) : '',
    bio: profile.bio ?? '',
    experience: profile.experience ?? '',
    github_url: profile.github_url ?? '',
    linkedin_url: profile.linkedin_url ?? '',
    portfolio_url: profile.portfolio_url ?? '',
    skills: profile.skill_levels.map(draftOf),
    hours: profile.availability.hours_per_week === null ? '' : String(profile.availability.hours_per_week),
    open_to: profile.open_to,
    visibility: profile.visibility,
  });
  const { values, set, errorAt } = form;

  const submit = () => {
    form.clear();
    const { hours, year, bio, experience, github_url, linkedin_url, portfolio_url, ...rest } = values;
    const change: ProfileUpdate = {
      ...rest,
      year: Number(year),
      bio: bio.trim() || null,
      experience: experience.trim() || null,
      github_url: github_url.trim() || null,
      linkedin_url: linkedin_url.trim() || null,
      portfolio_url: portfolio_url.trim() || null,
      availability: { hours_per_week: hours === '' ? null : Number(hours), zone, slots: slotsOf(week) },
    };
    save.mutate(change, { onSuccess: () => showToast(t('saved'), 'good'), onError: form.fail });
  };

  return (
    <form
      ref={form.ref}
      className="flex flex-col gap-12"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormError>{form.formError}</FormError>
      <Section title={t('about')}>
        <div className="flex flex-col gap-5">
          <AboutFields form={form} />
          <TextArea
            label={t('bio')}
            name="bio"
            isOptional
            maxLength={2000}
            hint={t('bioHint')}
            value={values.bio}
            onChange={(event) => set('bio', event.target.value)}
            error={errorAt('/bio')}
          />
          <TextArea
            label={t('experience')}
            name="experience"
            isOptional
            maxLength={5000}
            value={values.experience}
            onChange={(event) => set('experience', event.target.value)}
            error={errorAt('/experience')}
          />
        </div>
      </Section>
      <Section title={tOnboarding('skills.title')}>
        <SkillsEditor skills={values.skills} onChange={(skills) => set('skills', skills)} error={errorAt('/skills')} />
      </Section>
      <Section title={tOnboarding('time.title')}>
        <div className="flex flex-col gap-5">
          <TimeFields
            hoursPerWeek={values.hours}
            onHoursPerWeek={(value) => set('hours', value)}
            zone={zone}
            hours={week}
            onHours={setWeek}
            error={errorAt('/availability/hours_per_week')}
          />
        </div>
      </Section>
      <Section title={tOnboarding('goals.title')}>
        <OpenToField value={values.open_to} onChange={(value) => set('open_to', value)} />
      </Section>
      <Section title={t('links')}>
        <div className="flex flex-col gap-5">
          {(['github_url', 'linkedin_url', 'portfolio_url'] as const).map((name) => (
            <TextField
              key={name}
              label={t(name)}
              name={name}
              type="url"
              inputMode="url"
              isOptional
              placeholder="https://"
              maxLength={500}
              value={values[name]}
              onChange={(event) => set(name, event.target.value)}
              error={errorAt(`/${name}`)}
            />
          ))}
        </div>
      </Section>
      <Section title={t('visibility')}>
        <RadioGroup
          legend={t('whoSees')}
          name="visibility"
          value={values.visibility}
          onChange={(value) => set('visibility', value)}
          choices={(['public', 'members', 'college', 'private'] as const).map((value) => ({
            value,
            label: t(`visible.${value}.label`),
            hint: t(`visible.${value}.hint`),
          }))}
        />
      </Section>
      <Button type="submit" className="self-start" isPending={save.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
