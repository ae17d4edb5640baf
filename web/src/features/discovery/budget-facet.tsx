import { useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import type { ChangeFilters } from './explore.ts';
import { countOf } from './facet-kinds.tsx';
import { searchForm } from './facets.tsx';

/** Ranges of budgets, in major units of whatever currency, as the search counts them. */
const ranges: readonly { value: string; min: number; max?: number }[] = [
  { value: '1-100', min: 1, max: 100 },
  { value: '101-500', min: 101, max: 500 },
  { value: '501-2000', min: 501, max: 2000 },
  { value: '2001+', min: 2001 },
];

/** A range of money in words. */
export function useBudgetLabel(): (min: number | undefined, max: number | undefined) => string {
  const t = useTranslations('explore.budget');
  return (min, max) => {
    if (min !== undefined && max !== undefined) return t('range', { min, max });
    return min !== undefined ? t('from', { min }) : t('upTo', { max: max ?? 0 });
  };
}

interface BudgetFacetProps {
  min: number | undefined;
  max: number | undefined;
  counts: readonly { value: string; count: number }[] | undefined;
  change: ChangeFilters;
}

/** Common ranges to choose, or a range of one's own. Every project counts whose range meets the one that is asked for. */
export function BudgetFacet({ min, max, counts, change }: BudgetFacetProps) {
  const t = useTranslations('explore.budget');
  const tExplore = useTranslations('explore');
  const label = useBudgetLabel();
  const name = useId();
  const isAny = min === undefined && max === undefined;
  const choose = (next: { min?: number; max?: number }) => change({ min_budget: next.min, max_budget: next.max });
  const option = (key: string, text: string, count: number | null, isChecked: boolean, onChoose: () => void) => (
    <li key={key}>
      <label className="flex min-h-11 items-center gap-3 rounded-control py-1 text-[0.9375rem] hover:bg-well lg:min-h-8 lg:gap-2.5">
        <input
          type="radio"
          name={name}
          className="size-5 shrink-0 lg:size-4.5"
          checked={isChecked}
          onChange={onChoose}
        />
        <span className="min-w-0 flex-1">{text}</span>
        {count === null ? null : (
          <span className="text-sm tabular-nums text-faint">{tExplore('number', { count })}</span>
        )}
      </label>
    </li>
  );

  return (
    <fieldset className="border-t border-rule pt-3">
      <legend className="float-start mb-1 w-full text-sm font-semibold">{t('legend')}</legend>
      <ul className="clear-both noscript:hidden">
        {option('any', tExplore('any'), null, isAny, () => choose({}))}
        {ranges.map((range) =>
          option(
            range.value,
            label(range.min, range.max),
            countOf(counts, range.value),
            range.min === min && range.max === max,
            () => choose(range),
          ),
        )}
      </ul>
      <OwnRange key={`${min}-${max}`} min={min} max={max} onChoose={choose} />
    </fieldset>
  );
}

interface OwnRangeProps {
  min: number | undefined;
  max: number | undefined;
  onChoose: (range: { min?: number; max?: number }) => void;
}

/** Two amounts; what cannot be meant is said and not searched for. Without scripts the form takes them as they are. */
function OwnRange({ min, max, onChoose }: OwnRangeProps) {
  const t = useTranslations('explore.budget');
  const id = useId();
  const fields = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<'order' | 'amount' | null>(null);

  const apply = () => {
    const inputs = [...(fields.current?.querySelectorAll('input') ?? [])];
    const [from, upTo] = inputs.map((input) => amountOf(input.value));
    if (from === null || upTo === null) return setProblem('amount');
    if (from !== undefined && upTo !== undefined && from > upTo) return setProblem('order');
    setProblem(null);
    onChoose({ ...(from !== undefined && { min: from }), ...(upTo !== undefined && { max: upTo }) });
  };

  const field = (side: 'min' | 'max', value: number | undefined) => (
    <label className="min-w-0 flex-1 text-sm text-soft">
      {t(side)}
      <input
        form={searchForm}
        name={`${side}_budget`}
        inputMode="numeric"
        autoComplete="off"
        className="field mt-0.5 min-h-11 lg:min-h-9"
        defaultValue={value === undefined ? '' : String(value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          apply();
        }}
      />
    </label>
  );

  return (
    <>
      <div ref={fields} className="mt-1 flex items-end gap-2">
        {field('min', min)}
        {field('max', max)}
        <Button look="secondary" size="small" className="max-lg:min-h-11 noscript:hidden" onClick={apply}>
          {t('apply')}
        </Button>
      </div>
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-sm font-medium text-danger">
          {t(`problem.${problem}`)}
        </p>
      ) : null}
    </>
  );
}

/** Undefined for an empty field, null for what is not a whole amount. Digits of Arabic and Hindi count as well. */
function amountOf(text: string): number | undefined | null {
  const digits = text
    .trim()
    .replace(/[٠-٩०-९]/g, (digit) => String(digit.charCodeAt(0) - (digit < '०' ? 0x660 : 0x966)))
    .replace(/[\s.,٬'’](?=\d{3}(?!\d))/g, '');
  if (digits === '') return undefined;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
