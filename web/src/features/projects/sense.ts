/** Whether the numbers of a project make sense together, said beside the field while somebody writes. */
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { numberOf, type ProjectDraft } from './project-draft.ts';

type Said = Partial<Record<'budget_max' | 'deadline' | 'hours_per_week' | 'place', string>>;

const day = 86_400_000;
/** The last place on earth where it is still yesterday. */
const behindUtc = 12 * 3_600_000;
const muchForAStudent = 25;

/** `wrong` would be refused; `worth` is only worth a thought. */
export function useSense(): (draft: ProjectDraft) => { wrong: Said; worth: Said } {
  const t = useTranslations('projectForm.sense');
  const format = useFormatter();
  const now = useNow().getTime();

  return (draft) => {
    const wrong: Said = {};
    const worth: Said = {};
    const hours = numberOf(draft.hours_per_week);
    const [min, max] = [numberOf(draft.budget_min), numberOf(draft.budget_max)];

    if (min !== null && max !== null && min > max) wrong.budget_max = t('budgetOrder');
    if (hours !== null && hours > muchForAStudent) worth.hours_per_week = t('manyHours');
    if (!draft.is_remote && !draft.place.trim()) worth.place = t('placeMissing');

    const deadline = draft.deadline ? Date.parse(draft.deadline) : Number.NaN;
    if (!Number.isNaN(deadline)) {
      const weeks = Math.round((deadline - now) / (7 * day));
      if (draft.deadline < new Date(now - behindUtc).toISOString().slice(0, 10)) wrong.deadline = t('deadlinePassed');
      else if (weeks < 1) worth.deadline = t('deadlineNear');
      else if (hours) worth.deadline = t('deadlineHours', { weeks, total: format.number(weeks * hours) });
      else worth.deadline = t('deadlineWeeks', { weeks });
    }
    return { wrong, worth };
  };
}
