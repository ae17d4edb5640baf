import type { QueueStatus } from '@collabthon/contracts/operations';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { queuesQuery } from './api.ts';
import { Code, useDuration } from './parts.tsx';

const figures = ['ready', 'oldest_ready_seconds', 'deferred', 'active', 'dead_letters'] as const;
type Figure = (typeof figures)[number];

const cell = 'py-2.5 text-end tabular-nums max-sm:text-start max-sm:py-0';

/** Every queue, whether it has work or not: a row that comes and goes would move those below it under the eye. */
export function Queues() {
  const t = useTranslations('admin.jobs');
  const queues = useQuery(queuesQuery);
  if (queues.isPending) return <RowSkeletons count={8} rowClass="h-20" />;
  if (!queues.data) return <ErrorState error={queues.error} onRetry={() => void queues.refetch()} />;
  return (
    <table className="w-full border-collapse max-sm:block">
      <caption className="sr-only">{t('queues')}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-ink align-bottom text-sm">
          <th scope="col" className="pb-2 text-start font-semibold">
            {t('queue')}
          </th>
          {figures.map((figure) => (
            <th key={figure} scope="col" className="w-18 pb-2 ps-3 text-end font-semibold last:w-22">
              {t(`column.${figure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-rule max-sm:block max-sm:border-y max-sm:border-rule">
        {queues.data.map((queue) => (
          <Row key={queue.name} queue={queue} />
        ))}
      </tbody>
    </table>
  );
}

/** On a phone a queue tells only what it has; its row keeps its height, since that changes while it is looked at. */
const isShown = (queue: QueueStatus, figure: Figure) => queue[figure === 'oldest_ready_seconds' ? 'ready' : figure] > 0;

function Row({ queue }: { queue: QueueStatus }) {
  const t = useTranslations('admin.jobs');
  return (
    <tr className="max-sm:flex max-sm:min-h-14 max-sm:flex-wrap max-sm:content-center max-sm:items-center max-sm:gap-x-4 max-sm:py-2">
      <th scope="row" className="py-2.5 pe-2 text-start text-sm font-medium max-sm:w-full max-sm:py-0">
        <Code>{queue.name}</Code>
      </th>
      {figures.map((figure) => (
        <td key={figure} className={`${cell} ${isShown(queue, figure) ? '' : 'max-sm:sr-only'}`}>
          <span className="text-sm text-soft sm:sr-only">{t(`column.${figure}`)} </span>
          <Count queue={queue} figure={figure} />
        </td>
      ))}
    </tr>
  );
}

function Count({ queue, figure }: { queue: QueueStatus; figure: Figure }) {
  const t = useTranslations('admin.jobs');
  const format = useFormatter();
  const duration = useDuration();
  const count = queue[figure];
  if (figure === 'oldest_ready_seconds') return queue.ready > 0 ? duration(count) : null;
  if (count === 0) return <span className="text-faint">{format.number(0)}</span>;
  if (figure === 'dead_letters') {
    return (
      <Link
        to="/admin/jobs"
        search={{ queue: queue.name }}
        resetScroll={false}
        className="link inline-block min-h-6 min-w-6 font-semibold text-danger"
      >
        {format.number(count)}
        <span className="sr-only"> {t('showOf', { queue: queue.name })}</span>
      </Link>
    );
  }
  return <span className="font-semibold">{format.number(count)}</span>;
}
