import type { Session } from '@collabthon/contracts/accounts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { api } from '../../lib/api.ts';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { sessionsQuery, useSignOut } from './api.ts';

/** Where the account is signed in. One that is ended goes from the list at once, and can be taken back for a moment. */
export function Sessions() {
  const t = useTranslations('settings.security.sessions');
  const textOf = useErrorText();
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [ending, setEnding] = useState<ReadonlySet<number>>(new Set());

  const end = (chosen: readonly Session[], text: string) => {
    const ids = chosen.map(({ id }) => id);
    const show = () => setEnding((hidden) => new Set([...hidden].filter((id) => !ids.includes(id))));
    setEnding((hidden) => new Set([...hidden, ...ids]));
    undoable({
      text,
      undo: show,
      commit: async () => {
        const results = await Promise.allSettled(ids.map(endSession));
        const failed = results.find((result) => result.status === 'rejected');
        if (failed) showToast(textOf(failed.reason), 'bad');
        await client.invalidateQueries(sessionsQuery);
        show();
      },
    });
  };

  if (sessions.isPending) return <RowSkeletons count={2} rowClass="h-20" />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  const shown = sessions.data.filter(({ id }) => !ending.has(id));
  const others = shown.filter(({ is_current }) => !is_current);
  return (
    <>
      <ul className="divide-y divide-rule border-y border-rule">
        {shown.map((session) => {
          const name = deviceName(session.user_agent) ?? t(session.kind);
          return (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <bdi>{name}</bdi>
                  {session.is_current ? <Tag tone="good">{t('current')}</Tag> : null}
                </p>
                <p className="text-sm text-faint">
                  {t.rich('used', {
                    used: () => <RelativeTime value={session.last_used_at} />,
                    began: () => <RelativeTime value={session.created_at} />,
                  })}
                </p>
              </div>
              {session.is_current ? null : (
                <Button look="secondary" size="small" onClick={() => end([session], t('ended', { name }))}>
                  {t('end')}
                  <span className="sr-only"> {name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        {others.length > 1 ? (
          <Button look="secondary" size="small" onClick={() => end(others, t('othersEnded', { count: others.length }))}>
            {t('endOthers')}
          </Button>
        ) : null}
        <SignOutEverywhere />
      </div>
      <p className="mt-3 text-sm text-faint">{t('endAllHint')}</p>
    </>
  );
}

function SignOutEverywhere() {
  const t = useTranslations('settings.security.sessions');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Button
      look="danger"
      size="small"
      isPending={signOut.isPending}
      onClick={() =>
        void signOut.mutateAsync(true).then(
          () => navigate({ to: '/sign-in' }),
          (error: unknown) => showToast(textOf(error), 'bad'),
        )
      }
    >
      {t('endAll')}
    </Button>
  );
}

/** One that has ended meanwhile is what was wanted. */
async function endSession(id: number): Promise<void> {
  try {
    await api('DELETE /auth/sessions/{id}', { params: { id }, keepalive: true });
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
  }
}

const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox · Linux`: enough to know one's own devices by. */
function deviceName(userAgent: string): string | null {
  const named = (marks: typeof browsers | typeof systems) => marks.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = named(browsers);
  return browser ? [browser, named(systems)].filter(Boolean).join(' · ') : null;
}
