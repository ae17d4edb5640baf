import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { BoardIcon, InboxIcon, PeopleIcon, PlusIcon, SearchIcon } from '../components/icons.tsx';
import { useMe } from '../features/accounts/api.ts';
import { showOverlay } from './overlays.ts';
import { WaitingBadge } from './waiting-badge.tsx';

const tab =
  'flex min-h-14 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 place-edge border-t-2 px-1 text-center text-xs leading-tight font-medium text-soft data-[status=active]:text-ink';

/** On a phone the main places are within the thumb's reach. */
export function TabBar() {
  const t = useTranslations('nav');
  const me = useMe();
  return (
    <nav
      aria-label={t('main')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-rule bg-paper pb-[env(safe-area-inset-bottom)] low:static lg:hidden"
    >
      <Link to="/explore/projects" className={tab}>
        <BoardIcon />
        {t('projects')}
      </Link>
      <Link to="/explore/people" className={tab}>
        <PeopleIcon />
        {t('people')}
      </Link>
      {me ? (
        <>
          <Link to="/projects/new" className={tab}>
            <PlusIcon />
            {t('postShort')}
          </Link>
          <Link to="/work" className={tab}>
            <span className="relative">
              <InboxIcon />
              <WaitingBadge className="-end-4 -top-1.5" />
            </span>
            {t('work')}
          </Link>
        </>
      ) : null}
      <button
        type="button"
        aria-haspopup="dialog"
        className={`${tab} noscript:hidden`}
        onClick={() => showOverlay('palette')}
      >
        <SearchIcon />
        {t('search')}
      </button>
    </nav>
  );
}
