import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { BlankSheet } from '../../components/drawings.tsx';
import { EmptyState } from '../../components/states.tsx';
import { countQuery } from './api.ts';
import { type ActiveFilter, type Filters, type Kind, withoutFilters } from './explore.ts';
import { FilterLink } from './filter-link.tsx';

interface NoResultsProps {
  kind: Kind;
  filters: Filters;
  active: readonly ActiveFilter[];
}

/** Nothing found, and which single wish stands in the way: each one with what would be found without it. */
export function NoResults({ kind, filters, active }: NoResultsProps) {
  const t = useTranslations('explore');
  const q = filters.q === undefined ? '' : String(filters.q);
  const wishes = [
    ...active,
    ...(q && active.length > 0
      ? [{ key: 'q', label: t('quoted', { q }), without: { ...filters, page: undefined, q: undefined } }]
      : []),
  ].slice(0, 6);
  return (
    <div className="py-8">
      <EmptyState drawing={<BlankSheet />} title={t(`${kind}.none`)}>
        {wishes.length === 0 ? (
          <p>{t(`${kind}.noneText`)}</p>
        ) : (
          <>
            <p>{t('dropOne')}</p>
            <ul className="mt-3 flex flex-col items-start gap-1">
              {wishes.map((wish) => (
                <Wish key={wish.key} kind={kind} wish={wish} />
              ))}
              {wishes.length > 1 ? (
                <li>
                  <FilterLink
                    kind={kind}
                    filters={withoutFilters(filters)}
                    className="link inline-flex min-h-8 items-center"
                  >
                    {t('clear')}
                  </FilterLink>
                </li>
              ) : null}
            </ul>
          </>
        )}
      </EmptyState>
    </div>
  );
}

function Wish({ kind, wish }: { kind: Kind; wish: ActiveFilter }) {
  const t = useTranslations('explore');
  const count = useQuery(countQuery(kind, wish.without)).data;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <FilterLink kind={kind} filters={wish.without} className="link inline-flex min-h-8 items-center">
        {t('without', { filter: wish.label })}
      </FilterLink>
      {count === undefined ? null : (
        <span className="text-sm text-faint">{t(`${kind}.total`, { count, atLeast: 'no' })}</span>
      )}
    </li>
  );
}
