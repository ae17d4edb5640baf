import { useTranslations } from 'use-intl';
import { useWaitingCount } from '../features/collaborations/api.ts';

/** How many requests wait for the reader, at the corner of what it stands in. It takes no room, so nothing moves. */
export function WaitingBadge({ className = '' }: { className?: string }) {
  const t = useTranslations('nav');
  const count = useWaitingCount();
  if (count === 0) return null;
  return (
    <>
      <span
        aria-hidden="true"
        className={`absolute grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs leading-none font-bold text-on-accent tabular-nums forced-colors:border ${className}`}
      >
        {count > 99 ? t('many') : count}
      </span>
      <span className="sr-only"> {t('waiting', { count })}</span>
    </>
  );
}
