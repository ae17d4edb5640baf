import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useMe } from '../accounts/api.ts';
import { ChannelTable } from './channel-table.tsx';
import { MutedThreads } from './muted-threads.tsx';
import { preferencesQuery } from './preferences.ts';
import { PushSettings } from './push-settings.tsx';
import { TimeSettings } from './time-settings.tsx';

/** What reaches me, where and when. Every switch is saved as it is turned. */
export function SettingsNotificationsPage() {
  const t = useTranslations('notifications.settings');
  const me = useMe();
  const query = useQuery(preferencesQuery);
  const preferences = query.data;
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {query.isPending ? <PageSkeleton /> : null}
      {query.isError && !preferences ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {preferences && me ? (
        <div className="flex flex-col gap-12">
          <Section title={t('where')}>
            <ChannelTable preferences={preferences} />
            <p className="mt-4 max-w-prose text-sm text-faint">{t('whereHint')}</p>
          </Section>
          <PushSettings accountId={me.id} />
          <TimeSettings preferences={preferences} />
          <MutedThreads />
        </div>
      ) : null}
    </Page>
  );
}
