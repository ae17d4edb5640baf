import { useTranslations } from 'use-intl';

/** Above a form whose answer only scripts can bring: says so where there are none. */
export function NeedsScripts() {
  const t = useTranslations('auth');
  return <p className="hidden border-s-4 border-mark py-1 ps-4 font-medium noscript:block">{t('needsScripts')}</p>;
}
