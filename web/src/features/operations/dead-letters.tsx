import type { DeadLetter } from '@collabthon/contracts/operations';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError, SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useRows } from '../collaborations/use-rows.ts';
import { deadLettersQuery, queuesQuery, useLettersGone } from './api.ts';
import { DeadLetterRow } from './dead-letter-row.tsx';
import { More } from './parts.tsx';
import { discarded } from './use-letter.ts';

const route = getRouteApi('/admin/jobs');

/** Jobs that were given up: of one queue, as the address says, or of all. */
export function DeadLetters() {
  const t = useTranslations('admin.jobs');
  const { queue } = route.useSearch();
  const letters = useInfiniteQuery({ ...deadLettersQuery(queue), placeholderData: keepPreviousData });
  const gone = discarded.use();
  const { box } = useRows();
  const shown = letters.data?.pages.flatMap(({ items }) => items.filter(({ id }) => !gone.has(id))) ?? [];
  return (
    <Section title={t('givenUp')} aside={<Arrived queue={queue} />}>
      <div className="mb-4 flex flex-wrap items-end gap-4 [&>:first-child]:grow sm:[&>:first-child]:max-w-sm">
        <QueueFilter queue={queue} />
        {queue && shown.length > 0 ? <RunAll queue={queue} /> : null}
      </div>
      {letters.isPending ? <RowSkeletons count={2} rowClass="h-36" /> : null}
      {letters.isError ? <ErrorState error={letters.error} onRetry={() => void letters.refetch()} /> : null}
      {letters.isSuccess && shown.length === 0 && !letters.hasNextPage ? <AllWell queue={queue} /> : null}
      <div ref={box}>
        <ul aria-label={t('givenUp')} className="divide-y divide-rule border-y border-rule empty:hidden">
          {shown.map((letter: DeadLetter) => (
            <li key={letter.id}>
              <DeadLetterRow letter={letter} />
            </li>
          ))}
        </ul>
      </div>
      <More list={letters} />
    </Section>
  );
}

function AllWell({ queue }: { queue: string | undefined }) {
  const t = useTranslations('admin.jobs');
  return queue ? (
    <EmptyState title={t('noneHere')}>{t('noneHereText')}</EmptyState>
  ) : (
    <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  );
}

function QueueFilter({ queue = '' }: { queue: string | undefined }) {
  const t = useTranslations('admin.jobs');
  const navigate = useNavigate();
  const queues = useQuery(queuesQuery).data ?? [];
  const names = new Set(queues.flatMap(({ name, dead_letters }) => (dead_letters > 0 ? [name] : [])));
  if (queue) names.add(queue);
  return (
    <SelectField
      label={t('queue')}
      value={queue}
      onChange={(event) =>
        void navigate({
          to: '/admin/jobs',
          search: event.target.value ? { queue: event.target.value } : {},
          replace: true,
          resetScroll: false,
        })
      }
      choices={[{ value: '', label: t('anyQueue') }, ...[...names].sort().map((value) => ({ value, label: value }))]}
    />
  );
}

/** What was given up since the list was asked for waits for a word, so that nothing moves under the hand. */
function Arrived({ queue }: { queue: string | undefined }) {
  const t = useTranslations('admin.jobs');
  const letters = useInfiniteQuery(deadLettersQuery(queue));
  const queues = useQuery(queuesQuery).data ?? [];
  const known = queues.reduce((sum, { name, dead_letters }) => sum + (queue && queue !== name ? 0 : dead_letters), 0);
  const count = known - (letters.data?.pages[0]?.total ?? known);
  return (
    <span role="status">
      {count > 0 ? (
        <Button look="quiet" size="small" isPending={letters.isFetching} onClick={() => void letters.refetch()}>
          {t('showNew', { count })}
        </Button>
      ) : null}
    </span>
  );
}

function RunAll({ queue }: { queue: string }) {
  const t = useTranslations('admin.jobs');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="secondary" onClick={() => setOpen(true)}>
        {t('runAll')}
      </Button>
      <Dialog title={t('runAllTitle', { queue })} isOpen={isOpen} onClose={() => setOpen(false)}>
        <RunAllForm queue={queue} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RunAllForm({ queue, onDone }: { queue: string; onDone: () => void }) {
  const t = useTranslations('admin.jobs');
  const textOf = useErrorText();
  const gone = useLettersGone();
  const count = useInfiniteQuery(deadLettersQuery(queue)).data?.pages[0]?.total ?? 0;
  const run = useMutation({
    mutationFn: () => api('POST /admin/dead-letters/redrive', { body: { queue } }),
    onSuccess: ({ redriven }) => {
      showToast(t('ranAll', { count: redriven, queue }), 'good');
      onDone();
      return gone((letter) => letter.queue === queue);
    },
  });
  return (
    <div className="flex flex-col gap-5">
      <FormError>{run.isError ? textOf(run.error) : null}</FormError>
      <p>{t('runAllText', { count })}</p>
      <div className="flex flex-wrap gap-3">
        <Button isPending={run.isPending} onClick={() => run.mutate()}>
          {t('runAllAction', { count })}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
