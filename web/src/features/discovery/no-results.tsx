import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { BlankSheet } from '../../components/drawings.tsx';
import { EmptyState } from '../../components/states.tsx';
import { countQuery } from './api.ts';
import type { ActiveFilter, Filters, Kind } from './explore.ts';
import { FilterLink } from './filter-link.tsx';

interface NoResultsProps {
  kind: Kind;
  filters: Filters;
  active: readonly ActiveFilter[];
}

const link = 'link inline-flex min-h-8 items-center';
/** So many wishes are weighed one by one. */
const most = 6;

/** Nothing found, and which single wish stands in the way: each one with what would be found without it. */
export function NoResults({ kind, filters, active }: NoResultsProps) {
  const t = useTranslations('explore');
  const q = filters.q === undefined ? '' : String(filters.q);
  const words = { key: 'q', label: t('quoted', { q }), without: { ...filters, page: undefined, q: undefined } };
  const wishes = active.length === 0 ? [] : [...(q ? [words] : []), ...active].slice(0, most);
  const counts = useQueries({ queries: wishes.map(({ without }) => countQuery(kind, without)) });
  const helpful = wishes
    .map((wish, index) => ({ ...wish, count: counts[index]?.data }))
    .filter(({ count }) => count !== 0);
  return (
    <div className="py-8">
      <EmptyState drawing={<BlankSheet />} title={t(`${kind}.none`)}>
        <p>{helpful.length > 0 ? t('dropOne') : t(`${kind}.noneText`)}</p>
        <ul className="mt-3 flex flex-col items-start gap-1">
          {helpful.map(({ key, label, without, count }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-3">
              <FilterLink kind={kind} filters={without} className={link}>
                {t('without', { filter: label })}
              </FilterLink>
              {count === undefined ? null : (
                <span className="text-sm text-faint">{t(`${kind}.total`, { count, atLeast: 'no' })}</span>
              )}
            </li>
          ))}
          <li>
            <FilterLink kind={kind} filters={{}} className={link}>
              {t(`${kind}.all`)}
            </FilterLink>
          </li>
        </ul>
      </EmptyState>
    </div>
  );
}
