import { Link, Outlet } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';

const item =
  'block rounded-control px-3 py-2 font-medium text-soft whitespace-nowrap hover:bg-well data-[status=active]:bg-well data-[status=active]:text-ink';

export function SettingsLayout() {
  const t = useTranslations('settings');
  return (
    <div className="mx-auto grid max-w-6xl gap-x-12 lg:grid-cols-[13rem_1fr]">
      <nav
        aria-label={t('title')}
        className="flex gap-1 overflow-x-auto px-5 pt-6 sm:px-8 lg:flex-col lg:pe-0 lg:pt-14"
      >
        <Link to="/settings/profile" className={item}>
          {t('nav.profile')}
        </Link>
        <Link to="/settings/account" className={item}>
          {t('nav.account')}
        </Link>
        <Link to="/settings/security" className={item}>
          {t('nav.security')}
        </Link>
        <Link to="/settings/college" className={item}>
          {t('nav.college')}
        </Link>
        <Link to="/settings/appearance" className={item}>
          {t('nav.appearance')}
        </Link>
      </nav>
      <div className="min-w-0">
        <Outlet />
      </div>
    </div>
  );
}
