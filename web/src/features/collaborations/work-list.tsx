import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { WorkView } from './work-views.ts';

/** How many rows a section shows beside the others. */
const fewRows = 5;

interface WorkListProps<T> {
  query: Pick<UseQueryResult, 'isError' | 'error'> & { refetch: () => unknown };
  /** Undefined while they are coming. */
  items: readonly T[] | undefined;
  /** The height of a row that is still coming. */
  rowClass: string;
  empty: ReactNode;
  keyOf: (item: T) => string | number;
  /** Where the rest is, when only a few are shown. */
  more?: WorkView | undefined;
  children: (item: T) => ReactNode;
}

/** A list in one of its states: coming, failed, empty, there. What is there stays when a later look at it fails. */
export function WorkList<T>({ query, items, rowClass, empty, keyOf, more, children }: WorkListProps<T>) {
  const t = useTranslations('work');
  if (!items) {
    if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
    return <RowSkeletons count={2} rowClass={rowClass} />;
  }
  if (items.length === 0) return empty;
  const shown = more ? items.slice(0, fewRows) : items;
  return (
    <>
      <ul className="divide-y divide-rule">
        {shown.map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {more && items.length > shown.length ? (
        <p className="border-t border-rule pt-3">
          <Link to="/work" search={{ show: more }} className="link inline-flex min-h-11 items-center font-semibold">
            {t('showAll', { count: items.length })}
          </Link>
        </p>
      ) : null}
    </>
  );
}
