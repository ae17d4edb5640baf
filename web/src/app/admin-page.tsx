import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Page, Section } from '../components/page.tsx';
import { Bone } from '../components/skeleton.tsx';
import { ErrorState } from '../components/states.tsx';
import { adminStatsQuery } from '../features/accounts/admin-api.ts';
import { AuditTrail } from '../features/accounts/audit-trail.tsx';
import { adminPages } from './admin-pages.ts';
import { OnMark } from './side-pages.tsx';

/** Each figure is a part of a whole, so that a bar can show it. */
const figures = [
  { name: 'users', part: 'active_users', whole: 'total_users' },
  { name: 'projects', part: 'active_projects', whole: 'total_projects' },
  { name: 'requests', part: 'pending_collaborations', whole: 'total_collaborations' },
] as const;

/** How the whole stands, and what was done last. */
export function AdminPage() {
  const t = useTranslations('admin');
  return (
    <Page title={t('title')} width="reading">
      <div className="flex flex-col gap-12">
        <Figures />
        <nav aria-label={t('title')} className="lg:hidden">
          <ul className="divide-y divide-rule border-y border-rule">
            {adminPages.map(({ to, name }) => (
              <li key={name}>
                <Link to={to} className="group flex min-h-16 items-center gap-4 py-3 hover:bg-well">
                  <span className="min-w-0 flex-1">
                    <span className="block font-display text-lg font-semibold group-hover:underline">
                      {t(`nav.${name}`)}
                    </span>
                    <span className="block text-soft">{t(`glance.${name}`)}</span>
                  </span>
                  <OnMark />
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Section
          title={t('overview.latest')}
          aside={
            <Link to="/admin/log" className="link">
              {t('overview.wholeLog')}
            </Link>
          }
        >
          <AuditTrail limit={5} />
        </Section>
      </div>
    </Page>
  );
}

function Figures() {
  const t = useTranslations('admin.overview');
  const format = useFormatter();
  const stats = useQuery(adminStatsQuery);
  if (stats.isError) return <ErrorState error={stats.error} onRetry={() => void stats.refetch()} />;
  return (
    <dl className="grid gap-x-10 gap-y-8 sm:grid-cols-3">
      {figures.map(({ name, part, whole }) => {
        const all = stats.data?.[whole];
        const some = stats.data?.[part];
        const share = all && some ? some / all : 0;
        return (
          <div key={name}>
            <dt className="eyebrow">{t(`${name}.name`)}</dt>
            <dd>
              <span className="block font-display text-4xl font-semibold tabular-nums">
                {all === undefined ? <Bone className="inline-block h-[0.8em] w-20" /> : format.number(all)}
              </span>
              <svg
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
                className="mt-2 block h-2.5 w-full border border-ink rtl:-scale-x-100"
              >
                <rect width={(share * 100).toFixed(1)} height="10" className="fill-mark" />
              </svg>
              <span className="mt-1.5 block text-sm text-soft">
                {some === undefined ? (
                  <Bone className="inline-block h-[0.8em] w-24" />
                ) : (
                  t(`${name}.part`, { count: some })
                )}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
