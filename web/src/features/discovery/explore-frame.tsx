import type { ResultMatch } from '@collabthon/contracts/discovery';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Choice } from '../../components/fields.tsx';
import { ErrorState } from '../../components/states.tsx';
import { usePageHead } from '../../lib/page-head.ts';
import { useRouteFocus } from '../../lib/route-focus.ts';
import {
  activeFilters,
  type Facet,
  type Filters,
  type Kind,
  type SearchPage,
  type SearchResult,
  useChangeFilters,
} from './explore.ts';
import { searchForm } from './facets.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterLink } from './filter-link.tsx';
import { atLeast, FilterButton, FilterSheet } from './filter-sheet.tsx';
import { NoResults } from './no-results.tsx';
import { ResultSkeletons } from './result-skeletons.tsx';
import { Results } from './results.tsx';
import { SearchBox } from './search-box.tsx';
import { useView, type View, ViewSwitch } from './view.tsx';

interface Order extends Choice {
  /** What it needs to mean something. */
  filters?: Filters;
}

interface ExploreFrameProps<Item> {
  kind: Kind;
  filters: Filters;
  result: SearchResult<Item>;
  facets: readonly Facet[];
  /** The first is the order that nobody has to ask for. */
  orders: readonly Order[];
  row: (item: Item, view: View, match: ResultMatch | undefined) => ReactNode;
  /** Name and address of an item, for search engines. */
  nameOf: (item: Item) => { name: string; url: string };
}

/** Search, filters and results, the same for projects and people. */
export function ExploreFrame<Item extends { id: number }>({
  kind,
  filters,
  result,
  facets,
  orders,
  row,
  nameOf,
}: ExploreFrameProps<Item>) {
  const t = useTranslations('explore');
  const change = useChangeFilters(kind);
  const [view, setView] = useView();
  const enterResults = useRef<(() => void) | null>(null);
  const first = result.data?.pages[0];
  const active = activeFilters(facets, filters);
  const q = filters.q === undefined ? '' : String(filters.q);
  const path = `/explore/${kind}`;

  usePageHead({
    title: t(`${kind}.title`),
    description: t(`${kind}.description`),
    canonical: path,
    image: '/og/home.png',
    jsonLd: first && {
      '@type': 'ItemList',
      numberOfItems: first.total,
      itemListElement: first.items.map((item, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        ...nameOf(item),
      })),
    },
    status: result.isError && !first ? 503 : undefined,
  });

  return (
    <div className="mx-auto w-full max-w-6xl px-5 pt-6 pb-16 sm:px-8 sm:pt-10">
      <Tabs kind={kind} q={q} />
      <SearchBox
        key={kind}
        action={path}
        label={t(`${kind}.label`)}
        placeholder={t(`${kind}.placeholder`)}
        value={q}
        onSearch={(text) => change({ q: text || undefined }, { replace: true })}
        onLeave={() => enterResults.current?.()}
      />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 lg:mt-8 lg:grid-cols-[14.5rem_minmax(0,1fr)]">
        <FilterSheet
          {...{ kind, facets, filters, change }}
          activeCount={active.length}
          isPending={result.isPending}
          isCurrent={first !== undefined && !result.isPlaceholderData}
          total={result.isPlaceholderData ? undefined : first?.total}
        />
        <div className="min-h-dvh">
          <div className="flex flex-wrap items-center gap-3">
            <FilterButton count={active.length} />
            <div role="status" className="me-auto min-w-0 basis-40 max-lg:order-last max-lg:basis-full lg:grow">
              {first ? <Summary kind={kind} filters={filters} page={first} /> : null}
            </div>
            {orders.length > 1 ? (
              <select
                form={searchForm}
                name="sort_by"
                aria-label={t('sort')}
                className="field min-w-0 max-lg:basis-28 max-lg:grow lg:w-44"
                value={String(filters.sort_by ?? '')}
                onChange={(event) => {
                  const sort_by = event.target.value || undefined;
                  change({ sort_by, ...orders.find(({ value }) => value === sort_by)?.filters });
                }}
              >
                {orders.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            ) : null}
            <ViewSwitch view={view} onChange={setView} />
          </div>
          <FilterChips kind={kind} filters={filters} active={active} />
          {result.isPending ? <ResultSkeletons kind={kind} view={view} /> : null}
          {result.isError && !first ? (
            <div className="py-8">
              <ErrorState error={result.error} onRetry={() => void result.refetch()} />
            </div>
          ) : null}
          {first && first.items.length === 0 ? <NoResults kind={kind} filters={filters} active={active} /> : null}
          <Results
            {...{ kind, filters, result, view }}
            row={(item, match) => row(item, view, match)}
            enter={enterResults}
          />
        </div>
      </div>
    </div>
  );
}

/** The two searches as words of one line; the one that is shown is the page's heading. */
function Tabs({ kind, q }: { kind: Kind; q: string }) {
  const t = useTranslations('explore');
  const heading = useRouteFocus<HTMLHeadingElement>();
  const tab = 'text-title font-display font-[650] place-edge border-b-4 pb-0.5';
  return (
    <nav aria-label={t('what')} className="mb-5 sm:mb-7">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {(['projects', 'people'] as const).map((name) => (
          <li key={name}>
            {name === kind ? (
              <h1 ref={heading} tabIndex={-1} aria-current="page" className={tab}>
                {t(`${name}.tab`)}
              </h1>
            ) : (
              <Link
                to={`/explore/${name}`}
                search={q ? { q } : {}}
                className={`block ${tab} text-faint hover:text-ink`}
              >
                {t(`${name}.tab`)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How much was found, in which order, and under which spelling. */
function Summary<Item>({ kind, filters, page }: { kind: Kind; filters: Filters; page: SearchPage<Item> }) {
  const t = useTranslations('explore');
  const { total, corrected, matches } = page;
  return (
    <p className="text-soft">
      <span className="font-semibold text-ink">{t(`${kind}.total`, { count: total, atLeast: atLeast(total) })}</span>
      {filters.sort_by === 'fit' && total > 0 ? (
        <span>
          {' '}
          {matches.some(({ score }) => score !== null)
            ? t(`${kind}.fitting`)
            : t.rich('unranked', {
                link: (words) => (
                  <Link to="/welcome" className="link">
                    {words}
                  </Link>
                ),
              })}
        </span>
      ) : null}
      {corrected ? (
        <span>
          {' '}
          {t.rich('corrected', {
            from: corrected.from,
            to: () => (
              <FilterLink
                kind={kind}
                filters={{ ...filters, q: corrected.to }}
                className="marked font-semibold text-ink"
              >
                {corrected.to}
              </FilterLink>
            ),
          })}
        </span>
      ) : null}
    </p>
  );
}
