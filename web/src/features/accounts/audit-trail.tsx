import type { AuditEntry } from '@collabthon/contracts/accounts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { auditQuery } from './admin-api.ts';

/** What admins and moderators did, newest first: all of it, or what was done to one thing. */
export function AuditTrail({ target, limit }: { target?: string; limit?: number }) {
  const t = useTranslations('admin.log');
  const trail = useInfiniteQuery(auditQuery(target));
  if (trail.isPending) return <RowSkeletons count={3} rowClass="h-20" />;
  if (trail.isError) return <ErrorState error={trail.error} onRetry={() => void trail.refetch()} />;
  const entries = trail.data.pages.flatMap(({ items }) => items).slice(0, limit);
  if (entries.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <>
      <ol className="divide-y divide-rule border-y border-rule">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {trail.hasNextPage && limit === undefined ? (
        <Button
          look="secondary"
          size="small"
          className="mt-4"
          isPending={trail.isFetchingNextPage}
          onClick={() => void trail.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('admin.log');
  const { actor_id: actor } = entry;
  const reason = wordOf(entry.detail.reason);
  return (
    <li className="py-3">
      <p>{useSentence()(entry)}</p>
      {reason ? (
        <p className="border-s-2 border-rule ps-3 text-soft" dir="auto">
          {reason}
        </p>
      ) : null}
      <p className="text-sm text-faint">
        <RelativeTime value={entry.created_at} />
        {' · '}
        {actor === null
          ? t('byOperator')
          : t.rich('by', {
              id: actor,
              user: (chunks) => (
                <Link to="/admin/users/$id" params={{ id: actor }} className="link">
                  {chunks}
                </Link>
              ),
            })}
      </p>
    </li>
  );
}

/** What was done, as a sentence; a kind that this page does not know yet shows by its name. */
function useSentence(): (entry: AuditEntry) => string {
  const t = useTranslations('admin.log.action');
  const tStatus = useTranslations('project.status');
  const status = (value: unknown): string => {
    const word = wordOf(value);
    return tStatus.has(word as 'open') ? tStatus(word as 'open') : word;
  };
  return ({ action, target, detail }) => {
    const name = action.replace('.', '_') as 'user_suspended';
    if (!t.has(name)) return t('other', { action, target });
    const { from, to } = detail as { from?: unknown; to?: unknown };
    return t(name, {
      target: target.split(/[/:]/).at(-1) ?? target,
      username: wordOf(detail.username),
      domain: wordOf(detail.domain),
      badges: Number(detail.badges_ended ?? 0),
      count: Number(detail.count ?? 0),
      name: wordOf(detail.name) || wordOf(detail.queue) || nameOf(to),
      into: wordOf(detail.into),
      was: action === 'project.status' ? status(from) : nameOf(from) || wordOf(from),
      now: action === 'project.status' ? status(to) : nameOf(to) || wordOf(to),
    });
  };
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value ? wordOf(value.name) : '';
