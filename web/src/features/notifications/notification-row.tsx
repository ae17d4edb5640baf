import type { Notification } from '@collabthon/contracts/notifications';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { LogoMark } from '../../components/logo.tsx';
import { Popover } from '../../components/popover.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { placeOf } from './place-of.ts';
import { Sentence } from './sentence.tsx';
import { kindOf, type useMutes } from './use-mutes.ts';
import type { useNotices } from './use-notices.ts';

interface RowProps {
  notification: Notification;
  notices: ReturnType<typeof useNotices>;
  mutes: ReturnType<typeof useMutes>;
}

/** A notification in the list. The whole row leads to where it is dealt with; opening it is reading it. */
export function NotificationRow({ notification, notices, mutes }: RowProps) {
  const t = useTranslations('notifications');
  const id = useId();
  const { is_read, created_at, threads } = notification;
  const { name, ...place } = placeOf(notification);
  const open = () => void notices.read(notification);
  return (
    <article data-row tabIndex={-1} aria-labelledby={id} className="group relative flex items-start gap-x-3 py-4">
      {is_read ? (
        <span className="mt-3.5 size-2.5 shrink-0" />
      ) : (
        <span className="mt-3.5 size-2.5 shrink-0 rounded-full bg-accent forced-colors:bg-[Highlight]" />
      )}
      <Picture notification={notification} />
      <div className="min-w-0 flex-1">
        <p id={id} className={is_read ? 'text-soft' : 'font-semibold'}>
          {is_read ? null : <span className="sr-only">{t('isUnread')} </span>}
          <Sentence notification={notification} onOpen={open} />
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-faint">
          <span className="relative z-10">
            <RelativeTime value={created_at} />
          </span>
          <Link
            {...place}
            className="row-link link-alone font-medium text-soft decoration-accent decoration-2 underline-offset-4 group-hover:underline"
            aria-describedby={id}
            onClick={open}
            onAuxClick={open}
          >
            {t(`open.${name}`)}
          </Link>
          {threads.some(mutes.isMuted) ? <Tag>{t('isMuted')}</Tag> : null}
        </p>
      </div>
      <div className="relative z-10 -me-3.5">
        <Menu notification={notification} notices={notices} mutes={mutes} />
      </div>
    </article>
  );
}

function Picture({ notification: { params } }: Pick<RowProps, 'notification'>) {
  const name = params.member_name ?? params.actor_name;
  const { project_id, project_title } = params;
  if (name) return <Avatar name={name} />;
  if (project_id && project_title)
    return <ProjectCover seed={project_id} title={project_title} className="h-10 w-10 shrink-0 rounded-control" />;
  return <LogoMark className="size-10 shrink-0 p-1" />;
}

const item = 'block min-h-11 w-full rounded-control px-3 py-2 text-start font-medium hover:bg-well';

function Menu({ notification, notices, mutes }: RowProps) {
  const t = useTranslations('notifications');
  const { params, threads, is_read } = notification;
  const title = params.project_title ?? t('aProject');
  const about = params.project_title ?? params.member_name ?? params.actor_name ?? t('title');
  return (
    <Popover label={t('menu', { about })} trigger={null}>
      {is_read ? null : (
        <button type="button" className={item} onClick={() => void notices.read(notification)}>
          {t('markRead')}
        </button>
      )}
      {threads.map((thread) => {
        const isMuted = mutes.isMuted(thread);
        const named = { thread: kindOf(thread), name: title };
        return (
          <button
            key={thread}
            type="button"
            className={item}
            onClick={() => mutes.turn({ thread, name: title }, !isMuted)}
          >
            {t(isMuted ? 'unmute' : 'mute', named)}
          </button>
        );
      })}
      <button type="button" className={item} onClick={() => notices.remove(notification)}>
        {t('delete')}
      </button>
    </Popover>
  );
}
