import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';
import { AuditTrail } from './audit-trail.tsx';

export function AdminLogPage() {
  const t = useTranslations('admin.log');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <AuditTrail />
    </Page>
  );
}
