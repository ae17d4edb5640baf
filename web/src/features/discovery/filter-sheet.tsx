import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { type ChangeFilters, type Facet, type Filters, type Kind, withoutFilters } from './explore.ts';
import { FacetGroup, searchForm } from './facets.tsx';
import { FilterLink } from './filter-link.tsx';

const sheet = 'filters';

/** Opens the filters on a phone, and says how many are set. */
export function FilterButton({ count }: { count: number }) {
  const t = useTranslations('explore');
  return (
    <Button look="secondary" className="lg:hidden" popoverTarget={sheet} aria-haspopup="dialog">
      {t('filters', { count })}
    </Button>
  );
}

interface FilterSheetProps {
  kind: Kind;
  facets: readonly Facet[];
  filters: Filters;
  change: ChangeFilters;
  activeCount: number;
  /** Results of the filters as they are; undefined while unknown. */
  total: number | undefined;
  /** Nothing is known yet. */
  isPending: boolean;
  /** What the facets count are results of the filters as they are. */
  isCurrent: boolean;
}

/**
 * All filters: a quiet column beside the results, on a phone a sheet over them. Both are the same element, a popover
 * that is simply shown where there is room, so the sheet opens without scripts too.
 */
export function FilterSheet({ kind, facets, filters, change, activeCount, total, ...known }: FilterSheetProps) {
  const t = useTranslations('explore');
  const tCommon = useTranslations('common');
  return (
    <section id={sheet} popover="auto" aria-label={t('filterGroup')} className="filter-sheet">
      <div className="flex items-center justify-between gap-4 border-b border-rule px-5 py-3 lg:hidden">
        <h2 className="text-heading">{t('filterGroup')}</h2>
        <button
          type="button"
          popoverTarget={sheet}
          popoverTargetAction="hide"
          aria-label={tCommon('close')}
          className="-me-2 grid size-11 place-items-center rounded-full hover:bg-well"
        >
          <CloseIcon />
        </button>
      </div>
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col gap-5 overflow-y-auto overscroll-contain px-5 py-4 lg:overflow-visible lg:p-0">
        {facets.map((facet) =>
          'control' in facet ? (
            <div key={facet.names.join()}>{facet.control}</div>
          ) : (
            <FacetGroup key={facet.name} facet={facet} filters={filters} change={change} {...known} />
          ),
        )}
        <button type="submit" form={searchForm} className={`${buttonClass()} hidden! noscript:inline-flex!`}>
          {t('apply')}
        </button>
      </div>
      <div className="flex items-center gap-3 border-t border-rule px-5 py-3 lg:hidden noscript:hidden">
        {activeCount > 0 ? (
          <FilterLink kind={kind} filters={withoutFilters(filters)} className={buttonClass('quiet')}>
            {t('clear')}
          </FilterLink>
        ) : null}
        <Button className="flex-1" popoverTarget={sheet} popoverTargetAction="hide">
          {total === undefined ? t('showResults') : t(`${kind}.show`, { count: total, atLeast: atLeast(total) })}
        </Button>
      </div>
    </section>
  );
}

/** Totals are counted up to 10,000. */
export const atLeast = (total: number) => (total >= 10_000 ? 'yes' : 'no');
