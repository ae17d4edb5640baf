import type { DeadLetter } from '@collabthon/contracts/operations';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { Code, Json, OnDemand } from './parts.tsx';
import { useLetter } from './use-letter.ts';

/** What it was, when, and why it was given up; its data for who asks. */
export function DeadLetterRow({ letter }: { letter: DeadLetter }) {
  const t = useTranslations('admin.jobs');
  const { runAgain, discard } = useLetter(letter);
  const id = useId();
  return (
    <article data-row tabIndex={-1} aria-labelledby={id} className="py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={id} className="font-semibold">
            <Code>{letter.queue}</Code>
          </h3>
          <p className="text-sm text-faint">
            {t.rich('givenUpAt', { count: letter.tries, time: () => <RelativeTime value={letter.given_up_at} /> })}
          </p>
        </div>
        <div className="flex gap-2 max-sm:w-full [&>button]:max-sm:min-h-11 [&>button]:max-sm:flex-1">
          <Button look="secondary" size="small" isPending={runAgain.isPending} onClick={() => runAgain.mutate()}>
            {t('run')}
            <span className="sr-only"> {letter.queue}</span>
          </Button>
          <Button look="quiet" size="small" onClick={discard}>
            {t('discard')}
            <span className="sr-only"> {letter.queue}</span>
          </Button>
        </div>
      </div>
      <p className="mt-2 border-s-2 border-danger ps-3 text-soft">
        <Code>{letter.error}</Code>
      </p>
      <div className="mt-1">
        <OnDemand summary={t('data')}>
          {() => (
            <>
              <dl className="mb-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
                <dt className="text-faint">{t('enqueued')}</dt>
                <dd>
                  <RelativeTime value={letter.enqueued_at} />
                </dd>
                {letter.trace_id ? (
                  <>
                    <dt className="text-faint">{t('trace')}</dt>
                    <dd>
                      <Code>{letter.trace_id}</Code>
                    </dd>
                  </>
                ) : null}
              </dl>
              <Json value={letter.payload} label={t('data')} />
            </>
          )}
        </OnDemand>
      </div>
    </article>
  );
}
