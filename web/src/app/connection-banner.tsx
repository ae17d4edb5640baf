import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { checkConnection, useConnection } from '../lib/connection.ts';
import { showToast } from '../lib/toasts.ts';

/** Says that the network or the server is gone, and what still works; when it is back, what failed is asked for again. */
export function ConnectionBanner() {
  const t = useTranslations('connection');
  const connection = useConnection();
  const before = useRef(connection);
  const client = useQueryClient();

  useEffect(() => {
    const wasGone = before.current !== 'there';
    before.current = connection;
    if (!wasGone || connection !== 'there') return;
    showToast(t('back'), 'good');
    void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  }, [connection, client, t]);

  return (
    <div role="status" className="contents">
      {connection === 'there' ? null : (
        <div className="connection-banner">
          <div className="mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-5 py-2 sm:px-8">
            <p>{t(connection)}</p>
            <button
              type="button"
              className="link min-h-8 shrink-0 font-semibold"
              onClick={() => void checkConnection()}
            >
              {t('retry')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
