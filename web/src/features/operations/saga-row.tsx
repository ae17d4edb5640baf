import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { type Answer, api } from '../../lib/api.ts';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { type Saga, sagaQuery, useSagaMoved } from './api.ts';
import { Code, Json, OnDemand } from './parts.tsx';

/** What it is, how it stands and what failed last; its steps for who asks. */
export function SagaRow({ saga }: { saga: Saga }) {
  const t = useTranslations('admin.sagas');
  const id = useId();
  const isOver = saga.ended_at !== null;
  return (
    <article data-row tabIndex={-1} aria-labelledby={id} className="py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} className="font-sans text-base font-semibold tracking-normal">
            <Code>{saga.name}</Code> <bdi className="font-normal text-soft wrap-anywhere">{saga.key}</bdi>
          </h2>
          <p className="text-sm text-faint">
            {t.rich(isOver ? 'endedAt' : saga.is_undoing ? 'undoingAt' : 'atStep', {
              step: () => <Code>{saga.step}</Code>,
              time: () => <RelativeTime value={saga.ended_at ?? saga.updated_at} />,
            })}
          </p>
          {saga.wake_at && !isOver ? (
            <p className="text-sm text-faint">
              {t.rich('wakes', { time: () => <RelativeTime value={saga.wake_at ?? ''} /> })}
            </p>
          ) : null}
        </div>
        <Tag tone={saga.state === 'parked' ? 'bad' : saga.state === 'completed' ? 'good' : 'plain'}>
          {t(`state.${saga.state}`)}
        </Tag>
      </div>
      {saga.error ? (
        <p className="mt-2 border-s-2 border-danger ps-3 text-soft">
          <Code>{saga.error}</Code>
        </p>
      ) : null}
      {saga.state === 'parked' ? <Resume saga={saga} /> : null}
      <div className="mt-1">
        <OnDemand summary={t('steps')}>{() => <Detail id={saga.id} />}</OnDemand>
      </div>
    </article>
  );
}

function Resume({ saga: { id, name, is_undoing } }: { saga: Saga }) {
  const t = useTranslations('admin.sagas');
  const textOf = useErrorText();
  const moved = useSagaMoved();
  const effect = useId();
  const resume = useMutation({
    mutationFn: () => api('POST /admin/sagas/{id}/resume', { params: { id } }),
    onSuccess: () => {
      showToast(t('resumed', { name }), 'good');
      return moved(id);
    },
    onError: (error) => {
      showToast(textOf(error), 'bad');
      // Another hand was faster, or it is gone: the list says how it stands.
      return isStatus(error, 409) || isStatus(error, 404) ? moved(id) : undefined;
    },
  });
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <p id={effect} className="min-w-0 flex-1 basis-64 text-soft">
        {t(is_undoing ? 'resumeUndoing' : 'resumeText')}
      </p>
      <Button
        look="secondary"
        size="small"
        className="max-sm:min-h-11 max-sm:w-full"
        aria-describedby={effect}
        isPending={resume.isPending}
        onClick={() => resume.mutate()}
      >
        {t('resume')}
        <span className="sr-only"> {name}</span>
      </Button>
    </div>
  );
}

function Detail({ id }: { id: number }) {
  const t = useTranslations('admin.sagas');
  const saga = useQuery(sagaQuery(id));
  if (saga.isPending) return <Bone className="h-24 w-full" />;
  if (saga.isError) return <ErrorState error={saga.error} onRetry={() => void saga.refetch()} />;
  const { steps, input } = saga.data;
  return (
    <div className="flex flex-col gap-4">
      {steps.length === 0 ? <p className="text-soft">{t('noSteps')}</p> : null}
      <ol aria-label={t('steps')} className="border-s-2 border-rule ps-4 empty:hidden">
        {steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
      <div>
        <h3 className="mb-1 font-sans text-sm font-semibold tracking-normal">{t('input')}</h3>
        <Json value={input} label={t('input')} />
      </div>
    </div>
  );
}

type SagaStep = Answer<'GET /admin/sagas/{id}'>['steps'][number];

const stepTones = { intended: 'warm', done: 'good', refused: 'bad', undoing: 'warm', undone: 'plain' } as const;

function Step({ step }: { step: SagaStep }) {
  const t = useTranslations('admin.sagas');
  return (
    <li className="py-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Code>{step.name}</Code>
        <Tag tone={stepTones[step.state]}>{t(`stepState.${step.state}`)}</Tag>
      </p>
      <p className="text-sm text-faint">
        {t('tries', { count: step.attempts })}
        {' · '}
        {t.rich(step.ended_at ? 'stepEnded' : 'stepStarted', {
          time: () => <RelativeTime value={step.ended_at ?? step.started_at} />,
        })}
      </p>
      {step.error ? (
        <p className="text-sm text-danger">
          <Code>{step.error}</Code>
        </p>
      ) : null}
    </li>
  );
}
