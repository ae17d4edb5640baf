import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Bone } from '../../components/skeleton.tsx';
import {
  type ChangeFilters,
  type ChoiceFacet,
  chosenOf,
  type FacetOption,
  type Filters,
  optionLabel,
  toggleWord,
} from './explore.ts';

/** The form that every control of the search belongs to, wherever it stands; without scripts it is sent. */
export const searchForm = 'search-form';

/** So many values are in sight, and those that are chosen. */
const short = 6;

interface FacetGroupProps {
  facet: ChoiceFacet;
  filters: Filters;
  change: ChangeFilters;
  /** Nothing is known of the values yet; their place is kept. */
  isPending: boolean;
  /** The counts are of what is chosen now: a value that is not among them has none. */
  isCurrent: boolean;
}

const places = [1, 2, 3, 4, 5, 6];

/** A filter as a group of boxes, or of radio buttons where one excludes the other, each with its number of results. */
export function FacetGroup({ facet, filters, change, isPending, isCurrent }: FacetGroupProps) {
  const t = useTranslations('explore');
  const [isLong, setLong] = useState(false);
  const { name, legend, options, isMany = false, fallback, more } = facet;
  const chosen = chosenOf(facet, filters);
  const isChosen = ({ value }: FacetOption) => chosen.some((other) => other.toLowerCase() === value.toLowerCase());
  const gone = chosen
    .filter((value) => !options.some((option) => option.value.toLowerCase() === value.toLowerCase()))
    .map((value) => ({ value, label: optionLabel(facet, value), count: isCurrent ? 0 : null }));
  const offered = [...gone, ...options];
  const isComing = isPending && options.length === 0;
  if (offered.length === 0 && !more && !isComing) return null;
  const any = isMany ? [] : [fallback ?? { value: '', label: t('any'), count: null }];
  const isBeyond = (option: FacetOption, index: number) => index >= short && !isChosen(option);
  const hidden = offered.filter(isBeyond).length;

  const toggle = ({ value }: FacetOption, isOn: boolean) =>
    change({ [name]: isMany ? toggleWord(filters[name], value, isOn) : value === any[0]?.value ? undefined : value });

  const item = (option: FacetOption, isChecked: boolean, isFolded: boolean) => (
    <li key={option.value} className={isFolded ? 'hidden noscript:list-item' : ''}>
      <label className="flex min-h-11 items-center gap-3 rounded-control py-1 text-[0.9375rem] hover:bg-well lg:min-h-8 lg:gap-2.5">
        <input
          form={searchForm}
          type={isMany ? 'checkbox' : 'radio'}
          name={name}
          value={option.value}
          className="size-5 shrink-0 lg:size-4.5"
          checked={isChecked}
          onChange={(event) => toggle(option, event.target.checked)}
        />
        <span className="min-w-0 flex-1">
          <bdi>{option.label}</bdi>
        </span>
        {option.count === null ? null : (
          <span className="text-sm tabular-nums text-faint">{t('number', { count: option.count })}</span>
        )}
      </label>
    </li>
  );

  return (
    <fieldset className="border-t border-rule pt-3">
      <legend className="float-start mb-1 w-full text-sm font-semibold">{legend}</legend>
      <ul className="clear-both">
        {any.map((option) => item(option, chosen.length === 0, false))}
        {offered.map((option, index) => item(option, isChosen(option), !isLong && isBeyond(option, index)))}
        {isComing
          ? places.map((place) => (
              <li key={place} className="flex min-h-11 items-center lg:min-h-8">
                <Bone className="h-4 w-2/3" />
              </li>
            ))
          : null}
      </ul>
      {hidden > 0 ? (
        <button
          type="button"
          className="link min-h-8 text-sm noscript:hidden"
          aria-expanded={isLong}
          onClick={() => setLong(!isLong)}
        >
          {isLong ? t('fewer') : t('more', { count: hidden })}
          <span className="sr-only"> {legend}</span>
        </button>
      ) : null}
      {more ? <div className="mt-2 noscript:hidden">{more}</div> : null}
    </fieldset>
  );
}
