import type { ResultMatch } from '@collabthon/contracts/discovery';
import { type RouterHistory, useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useShortcut } from '../../lib/shortcuts.ts';
import { pageSize } from './api.ts';
import type { Filters, Kind, SearchResult } from './explore.ts';
import { FilterLink } from './filter-link.tsx';
import type { View } from './view.tsx';

/** The result that was opened last, from which entry of the history, and how far below the window's top it was. */
let opened: { entry: string; id: number; top: number } | null = null;

const entryOf = (history: RouterHistory): string => history.location.state.__TSR_key ?? '';

/** What the keys go through. */
const stopsOf = '.row-link, .load-more';

/** About what rows come to on phones and on wider windows. The way back lays out all of them. */
const rowHeights: Record<Kind, string> = {
  projects: '[--about:21rem] sm:[--about:15rem]',
  people: '[--about:17rem] sm:[--about:11rem]',
};

interface ResultsProps<Item> {
  kind: Kind;
  filters: Filters;
  result: SearchResult<Item>;
  view: View;
  row: (item: Item, match: ResultMatch | undefined) => ReactNode;
  /** Puts the focus on the first result in sight. */
  enter: RefObject<(() => void) | null>;
}

/** Found items, page after page, with the keyboard through them and a way back to the one that was opened. */
export function Results<Item extends { id: number }>({ kind, filters, result, view, row, enter }: ResultsProps<Item>) {
  const t = useTranslations('explore');
  const router = useRouter();
  const { history } = router;
  const list = useRef<HTMLDivElement>(null);
  const pages = result.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const matches = new Map(pages.flatMap((page) => page.matches.map((match) => [match.id, match])));

  // Coming back by the browser's own button finds the same place. The router scrolls as far as before; rows above that
  // only now are laid out may have another height, so that the one that was opened says where to stop.
  const isBack = opened?.entry === entryOf(history);
  useLayoutEffect(() => {
    if (!opened || opened.entry !== entryOf(history)) return;
    const { id, top } = opened;
    const row = list.current?.querySelector(`[data-result="${id}"]`);
    row?.querySelector<HTMLElement>('.row-link')?.focus({ preventScroll: true });
    const stop = router.subscribe('onRendered', () => {
      stop();
      if (row) window.scrollBy({ top: row.getBoundingClientRect().top - top, behavior: 'instant' });
    });
    return stop;
  }, [history, router]);

  const remember = ({ target }: MouseEvent) => {
    const row = (target as Element).closest('a') && (target as Element).closest<HTMLElement>('[data-result]');
    if (row) opened = { entry: entryOf(history), id: Number(row.dataset.result), top: row.getBoundingClientRect().top };
  };

  const go = (step: 1 | -1): boolean => {
    const stops = [...(list.current?.querySelectorAll<HTMLElement>(stopsOf) ?? [])];
    const active = document.activeElement;
    const at = stops.findIndex((stop) => stop === active || stop.closest('[data-result]')?.contains(active));
    const inSight = stops.findIndex((stop) => stop.getBoundingClientRect().top >= 0);
    const next = stops[at < 0 ? Math.max(0, inSight) : at + step];
    next?.focus();
    return next !== undefined;
  };
  enter.current = () => go(1);

  useShortcut('j', t('keys.next'), items.length > 0 ? () => go(1) : null);
  useShortcut('k', t('keys.previous'), items.length > 0 ? () => go(-1) : null);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (!(event.target as Element).matches(stopsOf) || event.altKey) return;
    event.preventDefault();
    const hasMoved = go(event.key === 'ArrowDown' ? 1 : -1);
    if (!hasMoved && event.key === 'ArrowUp') document.querySelector<HTMLElement>('main input[type=search]')?.focus();
  };

  // Another search is another list: nothing travels from its old place to its new one.
  const found = useRef('');
  if (!result.isPlaceholderData) found.current = JSON.stringify(filters);

  const first = Number(filters.page ?? 1);
  const total = pages[0]?.total ?? 0;
  const passed = (first - 1) * pageSize;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys and clicks of the links inside
    <div
      key={found.current}
      ref={list}
      onKeyDown={onKeyDown}
      onClickCapture={remember}
      aria-busy={result.isPlaceholderData || undefined}
    >
      {first > 1 && items.length > 0 ? (
        <p className="border-b border-rule py-3">
          <FilterLink kind={kind} filters={{ ...filters, page: undefined }} className="link">
            {t('fromStart')}
          </FilterLink>
        </p>
      ) : null}
      <ul
        className={`divide-y divide-rule transition-opacity ${result.isPlaceholderData ? 'opacity-60 delay-150' : ''} ${view === 'compact' ? 'mt-2 border-y border-rule' : ''}`}
      >
        {items.map((item) => (
          <li
            key={item.id}
            data-result={item.id}
            className={view === 'compact' || isBack ? '' : `laid-late ${rowHeights[kind]}`}
          >
            {row(item, matches.get(item.id))}
          </li>
        ))}
      </ul>
      {result.isFetchNextPageError ? (
        <div className="mt-6">
          <ErrorState error={result.error} onRetry={() => void result.fetchNextPage()} />
        </div>
      ) : null}
      {items.length > 0 ? (
        <div className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-3">
          {result.hasNextPage && !result.isFetchNextPageError ? (
            <FilterLink
              kind={kind}
              filters={{ ...filters, page: first + pages.length }}
              className={`load-more ${buttonClass('secondary')}`}
              isPending={result.isFetchingNextPage}
              onPress={() => void result.fetchNextPage()}
            >
              {t('loadMore')}
            </FilterLink>
          ) : null}
          <p role="status" className="text-sm text-faint">
            {result.hasNextPage
              ? t(`${kind}.shown`, { shown: passed + items.length, total })
              : t(`${kind}.end`, { count: passed + items.length })}
          </p>
        </div>
      ) : null}
    </div>
  );
}
