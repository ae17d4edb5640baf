import { useTranslations } from 'use-intl';
import { Page, Section } from '../../components/page.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Queues } from './queues.tsx';

/** Background work: what waits, and what was given up. */
export function AdminJobsPage() {
  const t = useTranslations('admin.jobs');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <div className="flex flex-col gap-12">
        <Section title={t('queues')}>
          <Queues />
        </Section>
        <DeadLetters />
      </div>
    </Page>
  );
}
