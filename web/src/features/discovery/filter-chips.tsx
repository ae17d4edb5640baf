import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { CloseIcon } from '../../components/icons.tsx';
import { type ActiveFilter, type Filters, type Kind, withoutFilters } from './explore.ts';
import { FilterLink } from './filter-link.tsx';

interface FilterChipsProps {
  kind: Kind;
  filters: Filters;
  active: readonly ActiveFilter[];
}

/** The filters that are set, to be taken back one by one or all. */
export function FilterChips({ kind, filters, active }: FilterChipsProps) {
  const t = useTranslations('explore');
  const list = useRef<HTMLUListElement>(null);
  const removed = useRef<number | null>(null);

  // The chip that had the focus is gone: its neighbour takes it, or the search itself.
  useEffect(() => {
    if (removed.current === null) return;
    const links = list.current?.querySelectorAll('a') ?? [];
    const next = links[Math.min(removed.current, active.length - 1)];
    removed.current = null;
    (next ?? document.querySelector<HTMLElement>('main input[type=search]'))?.focus({ preventScroll: true });
  }, [active.length]);

  return (
    <ul ref={list} aria-label={t('active')} className={active.length > 0 ? 'mt-3 flex flex-wrap gap-2' : 'hidden'}>
      {active.map((filter, index) => (
        <li key={filter.key} className="max-w-full">
          <FilterLink
            kind={kind}
            filters={filter.without}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-control border border-edge ps-3 pe-2 text-sm font-medium hover:border-ink hover:bg-well"
            onClick={() => {
              removed.current = index;
            }}
          >
            <span className="sr-only">{t('remove')} </span>
            <span className="truncate">
              <bdi>{filter.label}</bdi>
            </span>
            <CloseIcon className="size-3.5" />
          </FilterLink>
        </li>
      ))}
      {active.length > 1 ? (
        <li>
          <FilterLink
            kind={kind}
            filters={withoutFilters(filters)}
            className="link inline-flex min-h-9 items-center px-1 text-sm"
            onClick={() => {
              removed.current = 0;
            }}
          >
            {t('clear')}
          </FilterLink>
        </li>
      ) : null}
    </ul>
  );
}
