import { Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Toaster } from '../components/toaster.tsx';
import { VerifyNotice } from '../features/accounts/verify-notice.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Footer } from './footer.tsx';
import { Habits } from './habits.tsx';
import { Header } from './header.tsx';
import { TabBar } from './tab-bar.tsx';

/** What stands around every page. */
export function Layout() {
  const t = useTranslations('nav');
  const isBusy = useRouterState({ select: (state) => state.isLoading });
  const shown = useRouterState({ select: (state) => state.matches.at(-1)?.pathname });
  return (
    <div className="group/shell flex min-h-dvh flex-col has-data-fill:h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-control bg-ink px-4 py-3 font-semibold text-paper focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        {t('skip')}
      </a>
      {isBusy ? <div className="progress-line" aria-hidden="true" /> : null}
      <Header />
      {/* The footer begins below the window, so that it never moves before the reader's eyes. */}
      <main
        id="main"
        tabIndex={-1}
        className="min-h-[calc(100dvh-4rem)] flex-1 has-data-fill:flex has-data-fill:min-h-96 has-data-fill:flex-col has-data-fill:max-lg:pb-14"
      >
        {/* Inside, so that it comes with a page and moves none. */}
        <VerifyNotice />
        <Outlet />
      </main>
      {/* A page that fills the window has its own foot. */}
      <div className="contents group-has-data-fill/shell:hidden">
        <Footer key={shown} />
      </div>
      <TabBar />
      <ConnectionBanner />
      <Toaster />
      <Habits />
    </div>
  );
}
