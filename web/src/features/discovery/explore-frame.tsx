import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from './search-box.tsx';

interface ExploreFrameProps {
  kind: 'projects' | 'people';
  q: string;
  onSearch: (q: string) => void;
  onClear: () => void;
  /** Filters that are set, the words aside. */
  filterCount: number;
  facets: ReactNode;
  /** The number of results in words, and what was corrected. */
  summary: ReactNode;
  children: ReactNode;
}

const tab =
  'border-b-[3px] border-transparent pb-2 font-display text-heading font-semibold text-soft hover:text-ink data-[status=active]:border-accent data-[status=active]:text-ink';

/** Search, filters and results, the same for projects and people. */
export function ExploreFrame({
  kind,
  q,
  onSearch,
  onClear,
  filterCount,
  facets,
  summary,
  children,
}: ExploreFrameProps) {
  const t = useTranslations('explore');
  const [isOpen, setOpen] = useState(false);
  return (
    <Page title={t(`${kind}.title`)}>
      <nav aria-label={t('what')} className="-mt-2 mb-6 flex gap-8 border-b border-rule">
        <Link to="/explore/projects" search={q ? { q } : {}} activeOptions={{ includeSearch: false }} className={tab}>
          {t('tabProjects')}
        </Link>
        <Link to="/explore/people" search={q ? { q } : {}} activeOptions={{ includeSearch: false }} className={tab}>
          {t('tabPeople')}
        </Link>
      </nav>
      <SearchBox
        key={kind}
        label={t(`${kind}.label`)}
        placeholder={t(`${kind}.placeholder`)}
        value={q}
        onSearch={onSearch}
      />
      <div className="mt-8 grid items-start gap-x-12 lg:grid-cols-[14rem_1fr]">
        <div>
          <div className="flex flex-wrap gap-2 lg:hidden">
            <Button
              look="secondary"
              size="small"
              aria-expanded={isOpen}
              aria-controls="filters"
              onClick={() => setOpen(!isOpen)}
            >
              {t('filters', { count: filterCount })}
            </Button>
            {filterCount > 0 ? (
              <Button look="quiet" size="small" onClick={onClear}>
                {t('clear')}
              </Button>
            ) : null}
          </div>
          <fieldset
            id="filters"
            aria-label={t('filterGroup')}
            className={`${isOpen ? 'mt-4 flex' : 'hidden'} min-w-0 flex-col gap-5 lg:flex`}
          >
            {facets}
            {filterCount > 0 ? (
              <Button look="quiet" size="small" className="self-start max-lg:hidden" onClick={onClear}>
                {t('clear')}
              </Button>
            ) : null}
          </fieldset>
        </div>
        <div className="min-w-0 max-lg:mt-5">
          <div role="status" aria-live="polite" className="min-h-6 text-soft">
            {summary}
          </div>
          {children}
        </div>
      </div>
    </Page>
  );
}

/** What was found, and under which spelling. */
export function ResultSummary({ total, corrected }: { total: number; corrected: { from: string; to: string } | null }) {
  const t = useTranslations('explore');
  return (
    <>
      {t('total', { count: total, atLeast: total >= 10_000 ? 'yes' : 'no' })}
      {corrected ? (
        <span>
          {' '}
          {t.rich('corrected', {
            from: corrected.from,
            to: () => <strong className="marked text-ink">{corrected.to}</strong>,
          })}
        </span>
      ) : null}
    </>
  );
}
