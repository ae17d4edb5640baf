/** The four questions of onboarding. Each answer is saved before the next question is shown. */
import type { Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { useDeviceZone } from '../../lib/device-zone.ts';
import { type Draft, useDraft } from '../../lib/drafts.ts';
import { like, listLike } from '../../lib/like.ts';
import { type Form, useForm } from '../../lib/use-form.ts';
import { AboutFields } from './about-fields.tsx';
import { hoursOf, slotsOf } from './availability.ts';
import { answersKey, type OnboardingStep } from './onboarding-progress.ts';
import { goals, OpenToField } from './open-to-field.tsx';
import { useSaveProfile } from './saving.ts';
import { AfterIdeas } from './skill-ideas.tsx';
import { draftOf, emptySkill, SkillsEditor } from './skills-editor.tsx';
import { TimeFields } from './time-fields.tsx';

interface StepProps {
  profile: Profile;
  onDone: () => void;
  onBack: (() => void) | undefined;
}

interface Answers<V extends object> {
  step: Exclude<OnboardingStep, 'matches'>;
  form: Form<V>;
  draft: Draft<V>;
}

/** What is answered here survives leaving in the middle; it goes when the step is saved. */
function useAnswers<V extends object>(step: Answers<V>['step'], initial: V, read?: (found: unknown) => V): Answers<V> {
  const draft = useDraft(answersKey(step), initial, read);
  return { step, draft, form: useForm(initial, draft) };
}

interface StepFormProps<V extends object> extends Omit<StepProps, 'profile'> {
  answers: Answers<V>;
  change: (values: V) => ProfileUpdate;
  children: ReactNode;
}

function StepForm<V extends object>({ answers, change, onDone, onBack, children }: StepFormProps<V>) {
  const t = useTranslations('onboarding');
  const { step, form, draft } = answers;
  const save = useSaveProfile(() => void draft.finish());
  const submit = () => {
    if (!form.check()) return;
    save.mutate(change(form.values), {
      onSuccess: onDone,
      onError: form.fail,
    });
  };
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      inert={draft.phase === 'loading'}
      className="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {draft.phase === 'conflict' ? <OtherAnswers draft={draft} /> : null}
      {children}
      <ErrorSummary form={form.ref} errors={form.errors}>
        {form.formError}
      </ErrorSummary>
      <div className="border-t border-rule pt-5">
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" className="max-sm:w-full" isPending={save.isPending}>
            {t('next')}
          </Button>
          {onBack ? (
            <Button look="quiet" onClick={onBack}>
              {t('back')}
            </Button>
          ) : null}
          <Button look="quiet" className="ms-auto -me-4" aria-describedby={`${step}-cost`} onClick={onDone}>
            {t('skip')}
          </Button>
        </div>
        <p id={`${step}-cost`} className="mt-3 text-end text-sm text-faint">
          {t(`steps.${step}.cost`)}
        </p>
      </div>
    </form>
  );
}

/** The same step was answered in another tab: one of both stands. */
function OtherAnswers({ draft }: { draft: Pick<Draft<object>, 'keepMine' | 'takeTheirs'> }) {
  const t = useTranslations('onboarding.conflict');
  return (
    <div role="alert" className="border-s-4 border-mark py-1 ps-4">
      <p className="font-medium">{t('text')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="secondary" size="small" onClick={draft.keepMine}>
          {t('keepMine')}
        </Button>
        <Button look="secondary" size="small" onClick={() => draft.takeTheirs(t('took'))}>
          {t('takeTheirs')}
        </Button>
      </div>
    </div>
  );
}

export function AboutStep({ profile, ...rest }: StepProps) {
  const answers = useAnswers('about', {
    first_name: profile.first_name,
    last_name: profile.last_name,
    college: profile.college,
    major: profile.major,
    year: profile.year ? String(profile.year) : '',
  });
  return (
    <StepForm answers={answers} change={(values) => ({ ...values, year: Number(values.year) })} {...rest}>
      <AboutFields form={answers.form} />
    </StepForm>
  );
}

export function SkillsStep({ profile, ...rest }: StepProps) {
  const t = useTranslations('onboarding');
  const initial = { skills: profile.skill_levels.map(draftOf) };
  const answers = useAnswers('skills', initial, (found) => ({
    skills: listLike(emptySkill, like(initial, found).skills).map(draftOf),
  }));
  const { values, set, errorAt } = answers.form;
  return (
    <AfterIdeas major={profile.major}>
      <StepForm answers={answers} change={({ skills }) => ({ skills })} {...rest}>
        <SkillsEditor
          skills={values.skills}
          onChange={(skills) => set('skills', skills)}
          errorAt={errorAt}
          major={profile.major}
        />
        <p className="font-medium" aria-live="polite">
          {t('skillCount', { count: values.skills.length })}
        </p>
      </StepForm>
    </AfterIdeas>
  );
}

export function TimeStep({ profile: { availability }, ...rest }: StepProps) {
  const device = useDeviceZone();
  const zone = availability.zone ?? device;
  const initial = {
    hours_per_week: availability.hours_per_week === null ? '' : String(availability.hours_per_week),
    hours: [...hoursOf(availability.slots)],
  };
  const answers = useAnswers('time', initial, (found) => {
    const read = like(initial, found);
    return { ...read, hours: listLike(0, read.hours) };
  });
  const { values, set, errorAt } = answers.form;
  return (
    <StepForm
      answers={answers}
      change={({ hours_per_week, hours }) => ({
        availability: {
          hours_per_week: hours_per_week === '' ? null : Number(hours_per_week),
          zone,
          slots: slotsOf(new Set(hours)),
        },
      })}
      {...rest}
    >
      <TimeFields
        hoursPerWeek={values.hours_per_week}
        onHoursPerWeek={(value) => set('hours_per_week', value)}
        zone={zone}
        hours={new Set(values.hours)}
        onHours={(hours) => set('hours', [...hours])}
        error={errorAt('/hours_per_week') ?? errorAt('/availability/hours_per_week')}
      />
    </StepForm>
  );
}

export function GoalsStep({ profile, ...rest }: StepProps) {
  const initial = { open_to: profile.open_to };
  const answers = useAnswers('goals', initial, (found) => ({
    open_to: like(initial, found).open_to.filter((goal) => goals.includes(goal)),
  }));
  return (
    <StepForm answers={answers} change={({ open_to }) => ({ open_to })} {...rest}>
      <OpenToField value={answers.form.values.open_to} onChange={(value) => answers.form.set('open_to', value)} />
    </StepForm>
  );
}
