import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { settingsPages } from './settings-pages.ts';
import { BackMark, SidePages, sideLink } from './side-pages.tsx';

/** The settings beside their navigation. `/settings` itself is the list of them. */
export function SettingsLayout() {
  const t = useTranslations('settings');
  const isList = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId === '/settings/' });
  if (isList) return <Outlet />;
  return (
    <SidePages
      label={t('title')}
      back={
        <Link to="/settings" className="inline-flex min-h-11 items-center gap-1.5 font-medium text-soft hover:text-ink">
          <BackMark />
          {t('title')}
        </Link>
      }
      links={settingsPages.map(({ to, name }) => (
        <Link key={name} to={to} className={sideLink}>
          {t(`nav.${name}`)}
        </Link>
      ))}
    >
      <Outlet />
    </SidePages>
  );
}
