import type { Conversation } from '@collabthon/contracts/conversations';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { conversationsQuery } from './api.ts';
import { useConversationName } from './names.ts';

interface ConversationListProps {
  open: number | null;
  myId: number;
}

export function ConversationList({ open, myId }: ConversationListProps) {
  const t = useTranslations('conversations');
  const list = useInfiniteQuery(conversationsQuery);
  if (list.isPending) return <RowSkeletons count={6} rowClass="h-20" />;
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0)
    return (
      <EmptyState
        title={t('none')}
        action={
          <Link to="/explore/projects" className={buttonClass('secondary', 'small')}>
            {t('find')}
          </Link>
        }
      >
        {t('noneText')}
      </EmptyState>
    );
  return (
    <nav aria-label={t('title')} className="pb-6">
      <ul className="divide-y divide-rule">
        {rows.map((row) => (
          <li key={row.id}>
            <Row conversation={row} myId={myId} isOpen={row.id === open} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button
          look="secondary"
          size="small"
          className="mt-4"
          isPending={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </nav>
  );
}

function Row({ conversation, myId, isOpen }: { conversation: Conversation; myId: number; isOpen: boolean }) {
  const t = useTranslations('conversations');
  const tNav = useTranslations('nav');
  const format = useFormatter();
  const name = useConversationName()(conversation, myId);
  const { id, kind, project, last_message: last, unread_count: unread, active_at, is_open } = conversation;
  // What was written with a request stands in its conversation, so that it is not said to be empty.
  const aboutRequest = project ? t('about', { title: project.title }) : t('wish');
  const still = !is_open ? t('ended') : kind === 'request' ? aboutRequest : t('nothingYet');
  return (
    <Link
      to="/messages/$id"
      params={{ id }}
      aria-current={isOpen ? 'page' : undefined}
      className="flex items-start gap-3 rounded-control px-2 py-3 hover:bg-well aria-[current]:bg-well max-sm:-mx-2"
    >
      {kind === 'team' ? (
        <ProjectCover seed={project?.id ?? id} title={name} className="h-11 w-11 shrink-0 rounded-control" />
      ) : (
        <Avatar name={name} size="normal" />
      )}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className={`min-w-0 flex-1 truncate ${unread > 0 ? 'font-bold' : 'font-semibold'}`}>{name}</bdi>
          <span className="shrink-0 text-xs text-faint">
            <RelativeTime value={active_at} />
          </span>
        </span>
        <span className="mt-0.5 flex items-baseline gap-2 text-sm">
          <span dir="auto" className={`min-w-0 flex-1 truncate ${unread > 0 ? 'text-ink' : 'text-soft'}`}>
            {last ? <LastWords message={last} myId={myId} /> : still}
          </span>
          {unread > 0 ? (
            <span className="shrink-0 rounded-full bg-accent px-1.5 text-xs leading-5 font-bold text-on-accent tabular-nums forced-colors:border">
              <span aria-hidden="true">{unread > 99 ? tNav('many') : format.number(unread)}</span>
              <span className="sr-only">{t('unread', { count: unread })}</span>
            </span>
          ) : null}
        </span>
      </span>
    </Link>
  );
}

function LastWords({ message, myId }: { message: NonNullable<Conversation['last_message']>; myId: number }) {
  const t = useTranslations('conversations');
  const text = message.text ?? t('deleted');
  return message.sender.user_id === myId ? t('mine', { text }) : text;
}
