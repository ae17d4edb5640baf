import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Page } from '../components/page.tsx';
import { ErrorState } from '../components/states.tsx';

/** What is shown when a page itself could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTranslations('errors');
  const router = useRouter();
  return (
    <Page title={t('page.brokenTitle')} width="reading" head={{ status: 500 }}>
      <ErrorState
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}
