import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, TextField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useNow } from '../../lib/now.ts';
import { useForm } from '../../lib/use-form.ts';
import { reportsQuery } from './api.ts';
import { ReportRow } from './report-row.tsx';

const DAY = 86_400_000;
const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** Reports on what happens: asked for, watched while they are made, read and taken along. */
export function AdminReportsPage() {
  const t = useTranslations('admin.reports');
  const reports = useInfiniteQuery(reportsQuery);
  const items = reports.data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <AskForReport />
      <Section title={t('list')} className="mt-12">
        {reports.isPending ? <RowSkeletons count={3} rowClass="h-24" /> : null}
        {reports.isError ? <ErrorState error={reports.error} onRetry={() => void reports.refetch()} /> : null}
        {items?.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
        <ul aria-label={t('list')} className="divide-y divide-rule border-y border-rule empty:hidden">
          {items?.map((report, at) => (
            <ReportRow key={report.id} report={report} isLatest={at === 0} />
          ))}
        </ul>
        {reports.hasNextPage ? (
          <Button
            look="secondary"
            size="small"
            className="mt-4"
            isPending={reports.isFetchingNextPage}
            onClick={() => void reports.fetchNextPage()}
          >
            {t('more')}
          </Button>
        ) : null}
      </Section>
    </Page>
  );
}

function AskForReport() {
  const t = useTranslations('admin.reports');
  const client = useQueryClient();
  const now = useNow();
  const form = useForm({ from: dayOf(now - 29 * DAY), to: dayOf(now) });
  const { from, to } = form.values;
  const ask = useMutation({
    mutationFn: () => api('POST /admin/reports', { body: { kind: 'activity', from, to } }),
    onSuccess: () => client.invalidateQueries({ queryKey: reportsQuery.queryKey }),
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="grid items-start gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) ask.mutate();
      }}
    >
      {(['from', 'to'] as const).map((name) => (
        <TextField
          key={name}
          type="date"
          label={t(name)}
          name={name}
          required
          value={form.values[name]}
          onChange={(event) => form.set(name, event.target.value)}
          error={form.errorAt(`/${name}`)}
        />
      ))}
      <p className="text-sm text-soft sm:col-span-2">{t('hint')}</p>
      <Button type="submit" className="justify-self-start" isPending={ask.isPending}>
        {t('ask')}
      </Button>
      <div className="sm:col-span-2">
        <FormError>{form.formError}</FormError>
      </div>
    </form>
  );
}
