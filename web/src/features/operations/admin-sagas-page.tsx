import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { TabRow, tabClass } from '../../components/tab-row.tsx';
import { useRows } from '../collaborations/use-rows.ts';
import { type SagaState, sagasQuery } from './api.ts';
import { More } from './parts.tsx';
import { SagaRow } from './saga-row.tsx';

const route = getRouteApi('/admin/sagas');

/** Those that somebody may have to do something about come first. */
const states = ['parked', 'running', 'waiting', 'compensating', 'completed', 'compensated', 'cancelled'] as const;

/** No state is counted any further. */
const MOST_COUNTED = 10_000;

/** Work in several steps, by how it stands; those that need somebody are what is shown first. */
export function AdminSagasPage() {
  const t = useTranslations('admin.sagas');
  const { state = 'parked' } = route.useSearch();
  const sagas = useInfiniteQuery({ ...sagasQuery(state), placeholderData: keepPreviousData });
  const { box } = useRows();
  const found = sagas.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <States open={state} counts={sagas.data?.pages[0]?.counts} />
      {sagas.isPending ? <RowSkeletons count={3} rowClass="h-28" /> : null}
      {sagas.isError ? <ErrorState error={sagas.error} onRetry={() => void sagas.refetch()} /> : null}
      {sagas.isSuccess && found.length === 0 ? <Nothing state={state} /> : null}
      <div ref={box}>
        <ul aria-label={t(`state.${state}`)} className="divide-y divide-rule border-b border-rule empty:hidden">
          {found.map((saga) => (
            <li key={saga.id}>
              <SagaRow saga={saga} />
            </li>
          ))}
        </ul>
      </div>
      <More list={sagas} />
    </Page>
  );
}

function Nothing({ state }: { state: SagaState }) {
  const t = useTranslations('admin.sagas');
  return state === 'parked' ? (
    <EmptyState title={t('noneParked')}>{t('noneParkedText')}</EmptyState>
  ) : (
    <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  );
}

/** Links, so that a state can be kept and sent. Each count keeps its place while it is not known. */
function States({ open, counts }: { open: SagaState; counts: Record<string, number> | undefined }) {
  const t = useTranslations('admin.sagas');
  const format = useFormatter();
  const textOf = (count: number) => `${format.number(count)}${count >= MOST_COUNTED ? '+' : ''}`;
  return (
    <TabRow label={t('states')} open={open} className="mb-6">
      {states.map((state) => (
        <li key={state}>
          <Link
            to="/admin/sagas"
            search={state === 'parked' ? {} : { state }}
            activeOptions={{ exact: true }}
            className={tabClass}
          >
            {t(`state.${state}`)}
            <span className="min-w-[1ch] text-sm text-faint tabular-nums">
              {counts ? textOf(counts[state] ?? 0) : ''}
            </span>
          </Link>
        </li>
      ))}
    </TabRow>
  );
}
