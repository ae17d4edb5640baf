import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { useMe } from '../accounts/api.ts';
import { historyQuery } from './api.ts';
import { RequestRow } from './request-row.tsx';
import { StayingRow, useStaying } from './staying-row.tsx';
import { WorkList } from './work-list.tsx';
import { askedQuery } from './work-views.ts';

/** What the reader asked of others and waits for. */
export function SentSection({ isShort }: { isShort: boolean }) {
  const t = useTranslations('work');
  const asked = useQuery(askedQuery);
  return (
    <Section title={t('sent')} aside={<p className="text-sm text-faint">{t('sentRule')}</p>}>
      <WorkList
        query={asked}
        items={useStaying(asked.data)}
        rowClass="h-32"
        keyOf={({ request }) => request.id}
        more={isShort ? 'sent' : undefined}
        empty={<p className="text-soft">{t('nothingSent')}</p>}
      >
        {(listed) => <StayingRow listed={listed} side="sent" />}
      </WorkList>
    </Section>
  );
}

/** How requests ended, in both directions. */
export function HistorySection() {
  const t = useTranslations('work');
  const meId = useMe()?.id;
  const history = useInfiniteQuery(historyQuery);
  return (
    <Section title={t('history')}>
      <WorkList
        query={history}
        items={history.data?.pages.flatMap(({ items }) => items)}
        rowClass="h-28"
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            title={t('noHistory')}
            action={
              <Link to="/explore/projects" className={buttonClass('secondary', 'small')}>
                {t('find')}
              </Link>
            }
          />
        }
      >
        {(request) => <RequestRow request={request} side={request.sender_id === meId ? 'sent' : 'received'} />}
      </WorkList>
      {history.isFetchNextPageError ? <ErrorState error={history.error} /> : null}
      {history.hasNextPage ? (
        <div className="mt-6">
          <Button look="secondary" isPending={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
