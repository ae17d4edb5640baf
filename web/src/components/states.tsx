import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useConnection } from '../lib/connection.ts';
import { ApiError, isStatus, useErrorText } from '../lib/errors.ts';
import { useWaited } from '../lib/use-waited.ts';
import { Button } from './button.tsx';

interface EmptyStateProps {
  title: string;
  /** One of drawings.tsx, at most one on a page; without it the state is a note at the side of other content. */
  drawing?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** Nothing here, said kindly, with what to do next. */
export function EmptyState({ title, drawing, action, children }: EmptyStateProps) {
  return (
    <div className={drawing ? 'flex flex-wrap items-center gap-x-10 gap-y-6 py-4' : 'border-s-4 border-mark py-2 ps-5'}>
      {drawing}
      <div className="flex min-w-0 basis-80 grow flex-col items-start gap-3">
        <p className="font-display text-heading font-semibold">{title}</p>
        {children ? <div className="max-w-prose text-soft">{children}</div> : null}
        {action}
      </div>
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/**
 * A failure, shown as one, with the number to quote and a way to try again. While nothing can be reached the banner says so
 * for the whole page and tries all of it again; then the parts only say that they are among it. What was asked for too often
 * is asked for again as soon as it may be.
 */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTranslations('errors');
  const isTold = useConnection() !== 'there' && isStatus(error, 0);
  return isTold ? <p className="text-soft">{t('notLoadedYet')}</p> : <Failure error={error} onRetry={onRetry} />;
}

function Failure({ error, onRetry }: ErrorStateProps) {
  const t = useTranslations('errors');
  const text = useErrorText()(error);
  const requestId = error instanceof ApiError ? error.requestId : null;
  useWaited(error, onRetry);
  return (
    <div role="alert" className="flex flex-col items-start gap-3 border-s-4 border-danger py-2 ps-5">
      <p className="font-display text-heading font-semibold">{t('title')}</p>
      <p className="max-w-prose text-soft">{text}</p>
      {requestId && !text.includes(requestId) ? (
        <p className="text-sm text-faint">{t('reference', { id: requestId })}</p>
      ) : null}
      {onRetry ? (
        <Button look="secondary" size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  );
}
