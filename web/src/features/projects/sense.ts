/** Whether the numbers of a project make sense together, said beside the field while somebody writes. */
import { useFormatter, useLocale, useNow, useTranslations } from 'use-intl';
import { amountsIn } from '../../lib/format.ts';
import { useLocalCurrency } from './currency.ts';
import { namedRoles, numberOf, type ProjectDraft } from './project-draft.ts';

type Said = Partial<Record<'budget_max' | 'deadline' | 'hours_per_week' | 'place', string>>;

const day = 86_400_000;
/** From here on the upper end of a budget says little about the lower one. */
const wideRange = 5;
/** The last place on earth where it is still yesterday. */
const behindUtc = 12 * 3_600_000;
const muchForAStudent = 25;

/** `wrong` would be refused; `worth` is only worth a thought. */
export function useSense(): (draft: ProjectDraft) => { wrong: Said; worth: Said } {
  const t = useTranslations('projectForm.sense');
  const format = useFormatter();
  const locale = useLocale();
  const currency = useLocalCurrency();
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
    const budget = max ?? min;
    if (budget && !wrong.budget_max) {
      const seats = namedRoles(draft).reduce((sum, role) => sum + (numberOf(role.seats) ?? 1), 0);
      const left = (deadline - now) / (7 * day);
      if (seats === 0) worth.budget_max = t('budgetForNobody');
      else if (min && max && max >= wideRange * min) worth.budget_max = t('budgetWide');
      else if (hours && left >= 1) {
        const hourly = budget / (seats * hours * left);
        const amounts = amountsIn(locale, draft.currency || currency, hourly < 10 ? 2 : 0);
        worth.budget_max = t('budgetHourly', { amount: amounts.one(hourly), seats });
      }
    }
    return { wrong, worth };
  };
}
