import { useEffect } from 'react';
import { useTranslations } from 'use-intl';

/** Names the tab. Every page calls it once, through `Page`. */
export function useTitle(title: string | undefined): void {
  const t = useTranslations('app');
  useEffect(() => {
    document.title = title ? t('documentTitle', { title }) : t('name');
  }, [title, t]);
}
