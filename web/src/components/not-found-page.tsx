import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from './button.tsx';
import { Page } from './page.tsx';

export function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading" head={{ status: 404 }}>
      <Link to="/explore/projects" className={buttonClass('secondary')}>
        {t('action')}
      </Link>
    </Page>
  );
}
