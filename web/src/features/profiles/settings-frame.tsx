import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { myProfileQuery } from './api.ts';
import { useOtherTabs } from './saving.ts';

interface SettingsFrameProps {
  page: 'profile' | 'availability' | 'visibility';
  children: (profile: Profile) => ReactNode;
}

/** The frame of the settings that are parts of my profile. */
export function SettingsFrame({ page, children }: SettingsFrameProps) {
  const t = useTranslations('settingsProfile');
  const query = useQuery(myProfileQuery);
  useOtherTabs();
  const profile = query.data;
  const isBlank = profile?.missing.includes('name');
  return (
    <Page
      title={t(`${page}.title`)}
      lead={t(`${page}.lead`)}
      width="reading"
      actions={
        profile && !isBlank ? (
          <Link to="/people/$id" params={{ id: profile.user_id }} className={buttonClass('secondary', 'small')}>
            {t('view')}
          </Link>
        ) : undefined
      }
    >
      {query.isPending ? <PageSkeleton /> : null}
      {query.isError && !profile ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {isBlank ? (
        <div className="mb-10">
          <EmptyState
            title={t('none')}
            action={
              <Link to="/welcome" className={buttonClass('secondary')}>
                {t('begin')}
              </Link>
            }
          >
            {t('noneText')}
          </EmptyState>
        </div>
      ) : null}
      {profile ? <div className="flex flex-col gap-12">{children(profile)}</div> : null}
    </Page>
  );
}
