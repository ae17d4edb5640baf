import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Page, Section } from '../components/page.tsx';
import { Bone } from '../components/skeleton.tsx';
import { ErrorState } from '../components/states.tsx';
import { AdminDomains } from '../features/accounts/admin-domains.tsx';
import { AdminUsers } from '../features/accounts/admin-users.tsx';
import { adminStatsQuery } from '../features/accounts/api.ts';
import { AdminProjects } from '../features/projects/admin-projects.tsx';

const figures = [
  'total_users',
  'active_users',
  'total_projects',
  'active_projects',
  'total_collaborations',
  'pending_collaborations',
] as const;

export function AdminPage() {
  const t = useTranslations('admin');
  const stats = useQuery(adminStatsQuery);
  return (
    <Page title={t('title')}>
      <div className="flex flex-col gap-14">
        {stats.isError ? (
          <ErrorState error={stats.error} onRetry={() => void stats.refetch()} />
        ) : (
          <dl className="grid grid-cols-2 gap-x-8 gap-y-6 sm:grid-cols-3 lg:grid-cols-6">
            {figures.map((name) => (
              <div key={name} className="flex flex-col-reverse justify-end">
                <dt className="text-sm text-faint">{t(`figure.${name}`)}</dt>
                <dd className="font-display text-3xl font-semibold tabular-nums">
                  {stats.data ? t('number', { value: stats.data[name] }) : <Bone className="h-9 w-16" />}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <Section title={t('users')}>
          <AdminUsers />
        </Section>
        <Section title={t('projects')}>
          <AdminProjects />
        </Section>
        <Section title={t('domains')}>
          <AdminDomains />
        </Section>
      </div>
    </Page>
  );
}
