import { useTranslations } from 'use-intl';
import { useWaitingCount } from '../features/collaborations/api.ts';
import { useUnreadConversations } from '../features/conversations/unread.ts';
import { useUnreadCount } from '../features/notifications/unread.ts';

interface BadgeProps {
  className?: string;
}

/** How many requests wait for the reader. */
export const WaitingBadge = (props: BadgeProps) => <Badge {...props} of="waiting" count={useWaitingCount()} />;

/** How many notifications the reader has not read. */
export const UnreadBadge = (props: BadgeProps) => <Badge {...props} of="unread" count={useUnreadCount()} />;

/** How many conversations hold something unread. */
export const MessagesBadge = (props: BadgeProps) => <Badge {...props} of="unreadIn" count={useUnreadConversations()} />;

/** A number at the corner of what it stands in. It takes no room, so nothing moves. */
function Badge({ of, count, className = '' }: BadgeProps & { of: 'waiting' | 'unread' | 'unreadIn'; count: number }) {
  const t = useTranslations('nav');
  if (count === 0) return null;
  return (
    <>
      <span
        aria-hidden="true"
        className={`absolute grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs leading-none font-bold text-on-accent tabular-nums forced-colors:border ${className}`}
      >
        {count > 99 ? t('many') : count}
      </span>
      <span className="sr-only"> {t(of, { count })}</span>
    </>
  );
}
