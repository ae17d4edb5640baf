import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { adminPages } from './admin-pages.ts';
import { BackMark, SidePages, sideLink } from './side-pages.tsx';

/** The administration beside its navigation; `/admin` itself is the overview. */
export function AdminLayout() {
  const t = useTranslations('admin');
  const isOverview = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId === '/admin/' });
  return (
    <SidePages
      label={t('title')}
      back={
        isOverview ? null : (
          <Link to="/admin" className="inline-flex min-h-11 items-center gap-1.5 font-medium text-soft hover:text-ink">
            <BackMark />
            {t('title')}
          </Link>
        )
      }
      links={
        <>
          <Link to="/admin" activeOptions={{ exact: true }} className={sideLink}>
            {t('nav.overview')}
          </Link>
          {adminPages.map(({ to, name }) => (
            <Link key={name} to={to} className={sideLink}>
              {t(`nav.${name}`)}
            </Link>
          ))}
        </>
      }
    >
      <Outlet />
    </SidePages>
  );
}
