import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../components/button.tsx';
import { LockedDrawer, SnappedPencil, UnpluggedLamp } from '../components/failure-drawings.tsx';
import { NotFoundPage } from '../components/not-found-page.tsx';
import { Page } from '../components/page.tsx';
import { useBoot } from '../lib/boot.ts';
import { useConnection } from '../lib/connection.ts';
import { ApiError, useErrorText } from '../lib/errors.ts';
import { showToast } from '../lib/toasts.ts';
import { useWaited } from '../lib/use-waited.ts';

/** They begin where the words do. */
const drawing = 'w-56 -translate-x-[7%] rtl:translate-x-[7%] sm:w-64';
const kinds: Record<
  'broken' | 'network' | 'forbidden' | 'busy' | 'tooMuch',
  { status: 403 | 429 | 500 | 503; picture: ReactNode }
> = {
  broken: { status: 500, picture: <SnappedPencil className={drawing} /> },
  network: { status: 503, picture: <UnpluggedLamp className={drawing} /> },
  forbidden: { status: 403, picture: <LockedDrawer className={drawing} /> },
  busy: { status: 503, picture: <SnappedPencil className={drawing} /> },
  tooMuch: { status: 429, picture: <SnappedPencil className={drawing} /> },
};

/** What is shown when a page itself could not be shown: what happened, what to do, and the number to quote. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTranslations('errors');
  const router = useRouter();
  const boot = useBoot();
  const kind = kindOf(error);
  const retry = () => {
    reset();
    void router.invalidate();
  };
  useWhenBack(kind === 'network' ? retry : null);
  useWaited(error, retry);
  const text = useErrorText()(error);
  if (kind === 'missing') return <NotFoundPage />;
  const { status, picture } = kinds[kind];
  const requestId = error instanceof ApiError ? error.requestId : boot.requestId;
  return (
    <Page
      title={t(`page.${kind}Title`)}
      lead={kind === 'tooMuch' ? text : t(`page.${kind}Lead`)}
      width="reading"
      head={{ status }}
    >
      <div role="alert" className="sr-only">
        {t(`page.${kind}Title`)}
      </div>
      <div className="flex flex-col items-start gap-8">
        {picture}
        <div className="flex flex-wrap gap-3">
          {kind === 'forbidden' ? null : <Button onClick={retry}>{t('page.retry')}</Button>}
          <Link to="/" className={buttonClass('secondary')}>
            {t('page.home')}
          </Link>
        </div>
      </div>
      {requestId ? <Reference id={requestId} /> : null}
    </Page>
  );
}

/** Runs once the server answers again. */
function useWhenBack(run: (() => void) | null): void {
  const connection = useConnection();
  const before = useRef(connection);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (before.current !== 'there' && connection === 'there') latest.current?.();
    before.current = connection;
  }, [connection]);
}

function kindOf(error: unknown): keyof typeof kinds | 'missing' {
  if (!(error instanceof ApiError)) return 'broken';
  if (error.status === 0) return 'network';
  if (error.status === 404) return 'missing';
  if (error.status === 403) return 'forbidden';
  if (error.status === 429) return 'tooMuch';
  return error.status === 503 ? 'busy' : 'broken';
}

function Reference({ id }: { id: string }) {
  const t = useTranslations('errors');
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    showToast(t('page.referenceCopied'), 'good');
  };
  return (
    <div className="mt-10 border-t border-rule pt-4 text-sm text-soft">
      <p>
        {t('reference', { id })}{' '}
        <button type="button" className="link min-h-6 font-semibold" onClick={() => void copy()}>
          {t('page.copyReference')}
        </button>
      </p>
      <p className="mt-1 max-w-prose text-faint">{t('page.report')}</p>
    </div>
  );
}
