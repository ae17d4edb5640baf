import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { MessageIcon } from '../../components/icons.tsx';
import { unreadQuery } from './unread.ts';

/** The way to the conversations, with how many of them hold something unread at its corner. */
export function MessagesLink() {
  const t = useTranslations('nav');
  const count = useQuery(unreadQuery).data?.conversations ?? 0;
  return (
    <Link
      to="/messages"
      className="relative grid size-11 shrink-0 place-items-center rounded-full text-soft hover:bg-well hover:text-ink data-[status=active]:text-ink"
    >
      <MessageIcon />
      <span className="sr-only">{t('messages', { count })}</span>
      {count > 0 ? (
        <span
          aria-hidden="true"
          className="absolute end-0.5 top-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs leading-none font-bold text-on-accent tabular-nums forced-colors:border"
        >
          {count > 99 ? t('many') : count}
        </span>
      ) : null}
    </Link>
  );
}
