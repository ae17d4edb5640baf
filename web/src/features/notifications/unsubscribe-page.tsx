import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { isStatus } from '../../lib/errors.ts';
import { NeedsScripts } from '../accounts/needs-scripts.tsx';
import { topics } from './preferences.ts';

const route = getRouteApi('/unsubscribe');

const mailings = [...topics, 'digest'] as const;

/** Which mails a link ends: it says so in its middle. Undefined when it is not whole. */
const mailingOf = (token: string) =>
  /^\d{1,16}\.[a-z]{1,20}\.[\w-]{43}$/.test(token)
    ? mailings.find((mailing) => mailing === token.split('.')[1])
    : undefined;

/** Where a mail leads that somebody wants no more of. Nothing ends before the button is pressed: programs open links, too. */
export function UnsubscribePage() {
  const t = useTranslations('notifications.unsubscribe');
  const { token = '' } = route.useSearch();
  const mailing = mailingOf(token);
  const end = useMutation({
    mutationFn: () => api('POST /notifications/unsubscribe/{token}', { params: { token } }),
  });
  const isBad = !mailing || isStatus(end.error, 404) || isStatus(end.error, 422);
  return (
    <Page title={t('title')} width="narrow">
      <div aria-live="polite">
        {isBad ? (
          <EmptyState title={t('bad')} action={<Preferences />}>
            {t('badText')}
          </EmptyState>
        ) : end.isSuccess ? (
          <div className="flex flex-col items-start gap-5">
            <p className="text-lg">{t('ended', { mails: t(`mails.${mailing}`) })}</p>
            <p className="text-soft">{t('endedText')}</p>
            <Preferences />
          </div>
        ) : (
          <div className="flex flex-col items-start gap-5">
            <NeedsScripts />
            <p className="text-lg">{t('ask', { mails: t(`mails.${mailing}`) })}</p>
            <p className="text-soft">{t('askText')}</p>
            {end.isError ? <ErrorState error={end.error} /> : null}
            <Button isPending={end.isPending} onClick={() => end.mutate()}>
              {t('action')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}

function Preferences() {
  const t = useTranslations('notifications.unsubscribe');
  return (
    <Link to="/settings/notifications" className={buttonClass('secondary')}>
      {t('preferences')}
    </Link>
  );
}
