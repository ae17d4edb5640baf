import type { Notification } from '@collabthon/contracts/notifications';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';

interface SentenceProps {
  notification: Notification;
  /** When somebody goes to what it names. */
  onOpen: () => void;
}

/** What happened, in the reader's language. People and projects lead to their pages, as far as they can be reached. */
export function Sentence({ notification: { type, params }, onOpen }: SentenceProps) {
  const t = useTranslations('notifications');
  const format = useFormatter();
  const link = 'link relative z-10';

  const person = (id: number | undefined, name: string | null | undefined) =>
    id === undefined || !name ? (
      <bdi>{name || t('somebody')}</bdi>
    ) : (
      <Link to="/people/$id" params={{ id }} className={link} dir="auto" onClick={onOpen} onAuxClick={onOpen}>
        {name}
      </Link>
    );
  const { project_id: id, project_title: title } = params;
  const isGone = type === 'project_deleted' || id === undefined || !title;

  return t.rich(`sentence.${type}`, {
    actor: () => person(params.actor_id, params.actor_name),
    member: () => person(params.member_id, params.member_name),
    project: () =>
      isGone ? (
        <bdi>{title || t('aProject')}</bdi>
      ) : (
        <Link to="/projects/$id" params={{ id }} className={link} dir="auto" onClick={onOpen} onAuxClick={onOpen}>
          {title}
        </Link>
      ),
    hasProject: title ? 'yes' : 'no',
    hasRole: params.role_name ? 'yes' : 'no',
    role: params.role_name ?? '',
    request: params.request ?? 'application',
    reason: params.reason ?? 'other',
    status: params.status ?? 'other',
    expires: params.expires_at ? format.dateTime(new Date(params.expires_at), { dateStyle: 'long' }) : '',
  });
}
