import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../components/button.tsx';
import { BoardIcon, InboxIcon, PeopleIcon, PlusIcon } from '../components/icons.tsx';
import { LogoMark } from '../components/logo.tsx';
import { Toaster } from '../components/toaster.tsx';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { useMe } from '../features/accounts/api.ts';
import { VerifyNotice } from '../features/accounts/verify-notice.tsx';
import { useBoot } from '../lib/boot.ts';
import { Habits } from './habits.tsx';

const headerLink =
  'rounded-control px-3 py-2 font-medium text-soft hover:bg-well hover:text-ink data-[status=active]:text-ink data-[status=active]:underline data-[status=active]:decoration-accent data-[status=active]:decoration-[3px] data-[status=active]:underline-offset-[0.55em]';

function Header() {
  const t = useTranslations('nav');
  const me = useMe();
  const { isDemo } = useBoot();
  return (
    <header>
      {isDemo ? <DemoBanner /> : null}
      <div className="border-b border-rule">
        <div className="mx-auto flex h-16 max-w-6xl items-center gap-2 px-5 sm:px-8">
          <Link
            to="/"
            className="me-auto flex items-center gap-2 font-display text-xl font-bold tracking-tight lg:me-6"
            aria-label={t('home')}
          >
            <LogoMark />
            <span>{t('brand')}</span>
          </Link>
          <nav aria-label={t('main')} className="hidden items-center gap-1 lg:me-auto lg:flex">
            <Link to="/explore/projects" className={headerLink}>
              {t('projects')}
            </Link>
            <Link to="/explore/people" className={headerLink}>
              {t('people')}
            </Link>
            {me ? (
              <Link to="/work" className={headerLink}>
                {t('work')}
              </Link>
            ) : null}
          </nav>
          {me === undefined ? <span className="h-10 w-24" /> : null}
          {me === null ? (
            <>
              <Link to="/sign-in" className={`${buttonClass('quiet', 'small')} whitespace-nowrap`}>
                {t('signIn')}
              </Link>
              <Link to="/sign-up" className={`${buttonClass('primary', 'small')} whitespace-nowrap`}>
                {t('signUp')}
              </Link>
            </>
          ) : null}
          {me ? (
            <>
              <Link to="/projects/new" className={`${buttonClass('primary', 'small')} hidden! lg:inline-flex!`}>
                <PlusIcon className="size-4" />
                {t('post')}
              </Link>
              <AccountMenu me={me} />
            </>
          ) : null}
        </div>
      </div>
      <VerifyNotice />
    </header>
  );
}

const tab =
  'flex min-h-14 flex-col items-center justify-center gap-0.5 text-xs font-medium text-soft data-[status=active]:text-accent-deep';

/** On a phone the main places are within the thumb's reach. */
function TabBar() {
  const t = useTranslations('nav');
  const me = useMe();
  return (
    <nav
      aria-label={t('main')}
      className={`fixed inset-x-0 bottom-0 z-30 grid border-t border-rule bg-paper pb-[env(safe-area-inset-bottom)] lg:hidden ${me ? 'grid-cols-4' : 'grid-cols-2'}`}
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
        <Link to="/projects/new" className={tab}>
          <PlusIcon />
          {t('postShort')}
        </Link>
      ) : null}
      {me ? (
        <Link to="/work" className={tab}>
          <InboxIcon />
          {t('work')}
        </Link>
      ) : null}
    </nav>
  );
}

function Footer() {
  const t = useTranslations('footer');
  const { isDemo } = useBoot();
  return (
    <footer className="border-t border-rule pb-20 lg:pb-0">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-5 py-8 text-sm text-faint sm:px-8">
        <span className="me-auto">{t('line')}</span>
        <a href="/docs" className="link">
          {t('api')}
        </a>
        {isDemo ? (
          <a href="/dev/mail" className="link">
            {t('mailbox')}
          </a>
        ) : null}
      </div>
    </footer>
  );
}

export function Layout() {
  const t = useTranslations('nav');
  const isBusy = useRouterState({ select: (state) => state.isLoading });
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-control bg-ink px-4 py-3 font-semibold text-paper focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        {t('skip')}
      </a>
      {isBusy ? <div className="progress-line" aria-hidden="true" /> : null}
      <Header />
      <main id="main" tabIndex={-1} className="flex-1">
        <Outlet />
      </main>
      <Footer />
      <TabBar />
      <Toaster />
      <Habits />
    </div>
  );
}

function DemoBanner() {
  const t = useTranslations('demo');
  return <p className="bg-mark-wash px-5 py-1.5 text-center text-sm text-ink">{t('banner')}</p>;
}
