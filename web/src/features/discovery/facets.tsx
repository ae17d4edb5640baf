import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { isLevel } from '../profiles/skills.tsx';

interface FacetOption {
  value: string;
  label: string;
  count: number | null;
}

interface FacetGroupProps {
  legend: string;
  options: readonly FacetOption[];
  chosen: readonly string[];
  onToggle: (value: string, isOn: boolean) => void;
  /** One at a time: choosing another replaces, choosing again takes back. */
  isSingle?: boolean;
}

const short = 7;

/** A group of filters with the number of results behind each. Chosen ones stay in sight even at zero. */
export function FacetGroup({ legend, options, chosen, onToggle, isSingle = false }: FacetGroupProps) {
  const t = useTranslations('explore');
  const [isLong, setLong] = useState(false);
  const missing = chosen.filter(
    (value) => !options.some((option) => option.value.toLowerCase() === value.toLowerCase()),
  );
  const all = [...missing.map((value) => ({ value, label: value, count: 0 })), ...options];
  if (all.length === 0) return null;
  const isChosen = (value: string) => chosen.some((other) => other.toLowerCase() === value.toLowerCase());
  const shown = isLong ? all : all.filter((option, index) => index < short || isChosen(option.value));
  return (
    <fieldset className="border-t border-rule pt-3">
      <legend className="float-start mb-1 w-full text-sm font-semibold">{legend}</legend>
      <ul className="clear-both">
        {shown.map((option) => (
          <li key={option.value}>
            <label className="flex min-h-8 items-center gap-2.5 py-0.5 text-[0.9375rem]">
              <input
                type="checkbox"
                className="size-4.5 shrink-0"
                checked={isChosen(option.value)}
                role={isSingle ? 'switch' : undefined}
                onChange={(event) => onToggle(option.value, event.target.checked)}
              />
              <span className="min-w-0 flex-1">{option.label}</span>
              {option.count === null ? null : <span className="text-sm tabular-nums text-faint">{option.count}</span>}
            </label>
          </li>
        ))}
      </ul>
      {all.length > short ? (
        <button type="button" className="link mt-1 min-h-6 text-sm" onClick={() => setLong(!isLong)}>
          {t(isLong ? 'fewer' : 'more', { count: all.length - short, legend })}
        </button>
      ) : null}
    </fieldset>
  );
}

/** Where the buckets of hours begin and end, as the search counts them. */
const hourBuckets = [
  { value: '1-5', from: 1, upTo: 5 },
  { value: '6-10', from: 6, upTo: 10 },
  { value: '11-20', from: 11, upTo: 20 },
  { value: '21+', from: 21, upTo: 80 },
] as const;

type Counts = readonly { value: string; count: number }[] | undefined;

/** Counts of buckets, added up to the two questions that people ask: at most so many hours, or at least. */
export function hourOptions(facet: Counts, side: 'upTo' | 'from'): { hours: number; count: number }[] {
  const counts = new Map(facet?.map(({ value, count }) => [value, count]));
  const sumOf = (buckets: readonly { value: string }[]) =>
    buckets.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  const options = hourBuckets.map((bucket, index) => ({
    hours: bucket[side],
    count: sumOf(side === 'upTo' ? hourBuckets.slice(0, index + 1) : hourBuckets.slice(index)),
  }));
  return options.filter(({ hours, count }) => count > 0 && hours > 1 && hours < 80);
}

/** Levels to ask for at least, lowest first. Below the chosen one it is not known how many there would be. */
export const levelOptions = (facet: Counts, chosen: number | undefined) =>
  (facet ?? []).flatMap(({ value, count }) => {
    const level = Number(value);
    return isLevel(level) ? [{ level, count: level < (chosen ?? 1) ? null : count }] : [];
  });

/** Comma-separated words of the address as a list, and back. */
export const wordsOf = (list: string | undefined): string[] => (list ? list.split(',').filter(Boolean) : []);

export function toggleWord(list: string | undefined, word: string, isOn: boolean): string | undefined {
  const others = wordsOf(list).filter((other) => other.toLowerCase() !== word.toLowerCase());
  const next = isOn ? [...others, word] : others;
  return next.length > 0 ? next.join(',') : undefined;
}
