import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormError } from '../../components/fields.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { useDay } from '../../lib/format.ts';
import { useCardName } from '../profiles/names.ts';
import { ActivityChart } from './activity-chart.tsx';
import { downloadPath, type Report, reportQuery, reportsQuery } from './api.ts';

const tones = { queued: 'plain', running: 'warm', done: 'good', failed: 'bad' } as const;

/** One report: how it comes along, and what can be done with it then. The latest shows what it says by itself. */
export function ReportRow({ report, isLatest }: { report: Report; isLatest: boolean }) {
  const t = useTranslations('admin.reports');
  const day = useDay();
  const cardName = useCardName();
  const { id, from, to, state, error, asked_by, asked_at } = report;
  const [isOpened, setOpened] = useState<boolean>();
  const isOpen = state === 'done' && (isOpened ?? isLatest);
  const range = t('range', { from: day(from), to: day(to) });
  return (
    <li className="flex flex-col gap-3 py-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="font-semibold">{range}</h3>
        <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>
        <p className="text-sm text-faint">
          <RelativeTime value={asked_at} />
          {asked_by ? (
            <>
              {' · '}
              <bdi>{cardName(asked_by)}</bdi>
            </>
          ) : null}
        </p>
      </div>
      {state === 'queued' || state === 'running' ? <Progress report={report} label={range} /> : null}
      {error ? <p className="max-w-prose text-danger">{t(`failed.${error}`, { id: String(id) })}</p> : null}
      <div className="flex flex-wrap gap-2">
        {state === 'done' ? (
          <>
            <Button
              look="secondary"
              size="small"
              aria-expanded={isOpen}
              aria-label={t(isOpen ? 'hideOf' : 'showOf', { range })}
              onClick={() => setOpened(!isOpen)}
            >
              {t(isOpen ? 'hide' : 'show')}
            </Button>
            {(['csv', 'json'] as const).map((format) => (
              <a
                key={format}
                href={downloadPath(id, format)}
                download
                className={buttonClass('quiet', 'small')}
                aria-label={t('downloadOf', { format: format.toUpperCase(), range })}
              >
                {format.toUpperCase()}
              </a>
            ))}
          </>
        ) : null}
        <Acts report={report} range={range} />
      </div>
      {isOpen ? <Result id={id} /> : null}
    </li>
  );
}

/** The bar moves as the work does; it is spoken of a quarter at a time. */
function Progress({ report: { progress }, label }: { report: Report; label: string }) {
  const t = useTranslations('admin.reports');
  const format = useFormatter();
  const percent = (value: number) => format.number(value / 100, { style: 'percent' });
  return (
    <div className="flex items-center gap-3">
      <progress
        max={100}
        value={progress}
        aria-label={t('progress', { range: label })}
        className="h-3 w-full max-w-md appearance-none border border-ink bg-well [&::-moz-progress-bar]:bg-mark [&::-webkit-progress-bar]:bg-well [&::-webkit-progress-value]:bg-mark"
      />
      <span className="text-sm whitespace-nowrap text-soft tabular-nums">{percent(progress)}</span>
      <span role="status" className="sr-only">
        {t('announce', { range: label, percent: percent(Math.floor(progress / 25) * 25) })}
      </span>
    </div>
  );
}

function Acts({ report, range }: { report: Report; range: string }) {
  const t = useTranslations('admin.reports');
  const client = useQueryClient();
  const textOf = useErrorText();
  const onSuccess = () => client.invalidateQueries({ queryKey: reportsQuery.queryKey });
  const again = useMutation({
    mutationFn: () => api('POST /admin/reports', { body: { kind: report.kind, from: report.from, to: report.to } }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => api('DELETE /admin/reports/{id}', { params: { id: report.id } }),
    onSuccess,
  });
  const error = again.error ?? remove.error;
  return (
    <>
      {report.state === 'failed' ? (
        <Button look="secondary" size="small" isPending={again.isPending} onClick={() => again.mutate()}>
          {t('again')}
        </Button>
      ) : null}
      <Button
        look="quiet"
        size="small"
        aria-label={t('deleteOf', { range })}
        isPending={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {t('delete')}
      </Button>
      <FormError>{error ? textOf(error) : null}</FormError>
    </>
  );
}

function Result({ id }: { id: number }) {
  const report = useQuery(reportQuery(id));
  if (report.isPending) return <RowSkeletons count={1} rowClass="h-64" />;
  if (report.isError) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  return report.data.result ? <ActivityChart result={report.data.result} /> : null;
}
