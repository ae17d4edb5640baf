import type { Notification } from '@collabthon/contracts/notifications';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { FreePeg, SweptBench } from '../../components/drawings.tsx';
import { Page } from '../../components/page.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { TabRow, tabClass } from '../../components/tab-row.tsx';
import { useShortcut } from '../../lib/shortcuts.ts';
import { useRows } from '../collaborations/use-rows.ts';
import { latestQuery, notificationsQuery, prependNotifications } from './api.ts';
import { NotificationList } from './notification-list.tsx';
import { useUnreadCount } from './unread.ts';
import { deleted, useNotices } from './use-notices.ts';

const route = getRouteApi('/notifications');

/** What concerns me, by days. What comes while I read waits behind a button until I ask for it. */
export function NotificationsPage() {
  const t = useTranslations('notifications');
  const isUnreadOnly = route.useSearch().show === 'unread';
  const { box, step } = useRows();
  useShortcut('j', t('nextRow'), () => step(1));
  useShortcut('k', t('previousRow'), () => step(-1));
  return (
    <Page
      title={t('title')}
      width="reading"
      actions={
        <>
          <MarkAll />
          <Link to="/settings/notifications" className={buttonClass('quiet', 'small')}>
            {t('choose')}
          </Link>
        </>
      }
    >
      <Views open={isUnreadOnly ? 'unread' : undefined} />
      <div ref={box}>
        <Arrivals isUnreadOnly={isUnreadOnly} onShown={() => step(1)} />
        <List isUnreadOnly={isUnreadOnly} />
      </div>
    </Page>
  );
}

function MarkAll() {
  const t = useTranslations('notifications');
  const { readAll } = useNotices();
  const count = useUnreadCount();
  return (
    <>
      <Button look="secondary" size="small" aria-disabled={count === 0} onClick={() => count > 0 && void readAll()}>
        {t('markAll')}
      </Button>
      <span role="status" className="sr-only">
        {count === 0 ? t('allRead') : ''}
      </span>
    </>
  );
}

/** Links, so that a view can be kept and sent. */
function Views({ open }: { open: string | undefined }) {
  const t = useTranslations('notifications');
  const count = useUnreadCount();
  return (
    <TabRow label={t('views')} open={open}>
      <li>
        <Link to="/notifications" activeOptions={{ exact: true }} className={tabClass}>
          {t('all')}
        </Link>
      </li>
      <li>
        <Link to="/notifications" search={{ show: 'unread' }} activeOptions={{ exact: true }} className={tabClass}>
          {t('unread')}
          {count > 0 ? <span className="text-sm text-faint tabular-nums">{count}</span> : null}
        </Link>
      </li>
    </TabRow>
  );
}

interface ArrivalsProps {
  isUnreadOnly: boolean;
  onShown: () => void;
}

/** Where new ones are announced: the place is kept for it, so that it moves nothing. */
function Arrivals(props: ArrivalsProps) {
  const list = useInfiniteQuery(notificationsQuery(props.isUnreadOnly)).data;
  return (
    <div
      role="status"
      className="pointer-events-none sticky top-2 z-20 flex h-16 items-center justify-center low:static"
    >
      {list ? <Arrived {...props} items={list.pages.flatMap(({ items }) => items)} /> : null}
    </div>
  );
}

/** How many there are that the list does not have yet. They come into it when that is asked for. */
function Arrived({ isUnreadOnly, onShown, items }: ArrivalsProps & { items: Notification[] }) {
  const t = useTranslations('notifications');
  const client = useQueryClient();
  const latest = useQuery({ ...latestQuery, initialData: items }).data;
  const known = new Set(items.map(({ id }) => id));
  const since = items[0]?.created_at ?? '';
  const arrived = latest.filter(
    ({ id, created_at, is_read }) => !known.has(id) && created_at >= since && !(isUnreadOnly && is_read),
  );

  const wasPressed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when they stand in the list
  useEffect(() => {
    if (!wasPressed.current) return;
    wasPressed.current = false;
    window.scrollTo({ top: 0 });
    onShown();
  }, [arrived.length]);

  if (arrived.length === 0) return null;
  return (
    <Button
      look="secondary"
      size="small"
      className="pointer-events-auto rounded-full! bg-sheet shadow-sheet"
      onClick={() => {
        wasPressed.current = true;
        prependNotifications(client, isUnreadOnly, arrived);
      }}
    >
      {t('arrived', { count: arrived.length })}
    </Button>
  );
}

function List({ isUnreadOnly }: { isUnreadOnly: boolean }) {
  const t = useTranslations('notifications');
  const query = useInfiniteQuery(notificationsQuery(isUnreadOnly));
  const gone = deleted.use();
  if (!query.data) {
    if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
    return <Skeletons />;
  }
  const items = query.data.pages.flatMap((page) => page.items).filter(({ id }) => !gone.has(id));
  return (
    <>
      {items.length > 0 ? <NotificationList items={items} /> : null}
      {items.length === 0 && !query.hasNextPage ? <Nothing isUnreadOnly={isUnreadOnly} /> : null}
      {query.isFetchNextPageError ? (
        <div className="mt-6">
          <ErrorState error={query.error} onRetry={() => void query.fetchNextPage()} />
        </div>
      ) : null}
      {query.hasNextPage && !query.isFetchNextPageError ? (
        <div className="mt-6">
          <Button look="secondary" isPending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

const places = [1, 2, 3, 4, 5, 6];

/** Rows of the size of those that come, under a day. */
function Skeletons() {
  const t = useTranslations('common');
  return (
    <div aria-busy="true">
      <span className="sr-only">{t('loading')}</span>
      <div className="border-b border-ink pb-1.5">
        <Bone className="h-5 w-20" />
      </div>
      {places.map((place) => (
        <div key={place} className="flex gap-x-3 border-b border-rule py-4 ps-5.5">
          <Bone className="size-10 shrink-0 rounded-full!" />
          <div className="min-w-0 flex-1">
            <Bone className="h-12 w-4/5 sm:h-6" />
            <Bone className="mt-1.5 h-5 w-44 max-w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Nothing({ isUnreadOnly }: { isUnreadOnly: boolean }) {
  const t = useTranslations('notifications');
  if (isUnreadOnly)
    return (
      <EmptyState
        title={t('noUnread')}
        drawing={<SweptBench className="w-56" />}
        action={
          <Link to="/notifications" className={buttonClass('secondary')}>
            {t('showAll')}
          </Link>
        }
      />
    );
  return (
    <EmptyState
      title={t('empty')}
      drawing={<FreePeg className="w-56" />}
      action={
        <Link to="/explore/projects" className={buttonClass()}>
          {t('find')}
        </Link>
      }
    >
      {t('emptyText')}
    </EmptyState>
  );
}
