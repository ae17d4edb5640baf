import type { Profile } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';
import { TextArea, TextField } from '../../components/fields.tsx';
import { AboutFields } from './about-fields.tsx';
import { useProfileSection } from './profile-section.ts';
import { SectionForm } from './section-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { AfterIdeas } from './skill-ideas.tsx';
import { draftOf, SkillsEditor } from './skills-editor.tsx';

export function SettingsProfilePage() {
  return (
    <SettingsFrame page="profile">
      {(profile) => (
        <AfterIdeas major={profile.major}>
          <About profile={profile} />
          <Words profile={profile} />
          <Skills profile={profile} />
          <Links profile={profile} />
        </AfterIdeas>
      )}
    </SettingsFrame>
  );
}

interface PartProps {
  profile: Profile;
}

function About({ profile }: PartProps) {
  const t = useTranslations('settingsProfile.profile');
  const section = useProfileSection(
    'about',
    profile,
    ({ first_name, last_name, college, major, year }) => ({
      first_name,
      last_name,
      college,
      major,
      year: year ? String(year) : '',
    }),
    (values) => ({ ...values, year: Number(values.year) }),
  );
  return (
    <SectionForm id="name" title={t('about')} section={section}>
      <AboutFields form={section.form} />
    </SectionForm>
  );
}

function Words({ profile }: PartProps) {
  const t = useTranslations('settingsProfile.profile');
  const section = useProfileSection(
    'words',
    profile,
    ({ bio, experience }) => ({ bio: bio ?? '', experience: experience ?? '' }),
    ({ bio, experience }) => ({ bio: bio.trim() || null, experience: experience.trim() || null }),
  );
  const { values, set, errorAt } = section.form;
  return (
    <SectionForm title={t('words')} section={section}>
      <TextArea
        label={t('bio')}
        name="bio"
        isOptional
        maxLength={2000}
        dir="auto"
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
        dir="auto"
        hint={t('experienceHint')}
        value={values.experience}
        onChange={(event) => set('experience', event.target.value)}
        error={errorAt('/experience')}
      />
    </SectionForm>
  );
}

function Skills({ profile }: PartProps) {
  const t = useTranslations('settingsProfile.profile');
  const section = useProfileSection(
    'skills',
    profile,
    ({ skill_levels }) => ({ skills: skill_levels.map(draftOf) }),
    ({ skills }) => ({
      skills: skills.map((skill) => ({ ...skill, evidence_url: skill.evidence_url?.trim() || null })),
    }),
  );
  const { form } = section;
  return (
    <SectionForm id="skills" title={t('skills')} lead={t('skillsLead')} section={section}>
      <SkillsEditor
        skills={form.values.skills}
        onChange={(skills) => form.set('skills', skills)}
        errorAt={form.errorAt}
        major={profile.major}
        withProof
      />
    </SectionForm>
  );
}

const linkNames = ['github_url', 'linkedin_url', 'portfolio_url'] as const;

function Links({ profile }: PartProps) {
  const t = useTranslations('settingsProfile.profile');
  const section = useProfileSection(
    'links',
    profile,
    ({ github_url, linkedin_url, portfolio_url }) => ({
      github_url: github_url ?? '',
      linkedin_url: linkedin_url ?? '',
      portfolio_url: portfolio_url ?? '',
    }),
    (values) => ({
      github_url: values.github_url.trim() || null,
      linkedin_url: values.linkedin_url.trim() || null,
      portfolio_url: values.portfolio_url.trim() || null,
    }),
  );
  const { values, set, errorAt } = section.form;
  return (
    <SectionForm title={t('links')} section={section}>
      {linkNames.map((name) => (
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
    </SectionForm>
  );
}
