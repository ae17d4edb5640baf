import type { Profile } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';

export type Goal = Profile['open_to'][number];
export const goals: readonly Goal[] = ['projects', 'paid_work', 'research', 'hackathons', 'mentoring', 'friends'];

/** What I am open to; several may be chosen. */
export function OpenToField({ value, onChange }: { value: readonly Goal[]; onChange: (value: Goal[]) => void }) {
  const t = useTranslations('person');
  return (
    <fieldset>
      <legend className="sr-only">{t('openToLegend')}</legend>
      <p className="mb-3 text-sm font-semibold">{t('openToHint')}</p>
      <div className="grid border-t border-rule sm:grid-cols-2 sm:gap-x-8">
        {goals.map((goal) => (
          <label key={goal} className="flex items-center gap-3 border-b border-rule py-3">
            <input
              type="checkbox"
              className="size-5"
              checked={value.includes(goal)}
              onChange={(event) =>
                onChange(event.target.checked ? [...value, goal] : value.filter((other) => other !== goal))
              }
            />
            <span className="font-medium">{t(`openTo.${goal}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
