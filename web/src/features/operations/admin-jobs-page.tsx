import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Page, Section } from '../../components/page.tsx';
import { queuesQuery } from './api.ts';
import { DeadLetters } from './dead-letters.tsx';
import { Queues } from './queues.tsx';

const GIVEN_UP = 'given-up';

/** Background work: what waits, and what was given up. */
export function AdminJobsPage() {
  const t = useTranslations('admin.jobs');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <div className="flex flex-col gap-12">
        <Section title={t('queues')} aside={<GivenUpCount />}>
          <Queues />
        </Section>
        <div id={GIVEN_UP} className="scroll-mt-24">
          <DeadLetters />
        </div>
      </div>
    </Page>
  );
}

/** What matters most stands below all queues, so the way to it stands above them. */
function GivenUpCount() {
  const t = useTranslations('admin.jobs');
  const queues = useQuery(queuesQuery).data;
  if (!queues) return null;
  const count = queues.reduce((sum, queue) => sum + queue.dead_letters, 0);
  if (count === 0) return <span className="text-soft">{t('givenUpCount', { count })}</span>;
  return (
    <Link to="/admin/jobs" hash={GIVEN_UP} className="link inline-block min-h-6">
      {t('givenUpCount', { count })}
    </Link>
  );
}
