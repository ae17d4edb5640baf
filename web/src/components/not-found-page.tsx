import { Link, useLocation } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useMe } from '../features/accounts/api.ts';
import { buttonClass } from './button.tsx';
import { MissingPiece } from './failure-drawings.tsx';
import { Page } from './page.tsx';

/** An address without a page, or with one that the reader may not see: both look the same. */
export function NotFoundPage() {
  const t = useTranslations('notFound');
  const me = useMe();
  const { href } = useLocation();
  return (
    <Page title={t('title')} lead={t(me ? 'lead' : 'leadVisitor')} width="reading" head={{ status: 404 }}>
      <div className="flex flex-col items-start gap-8">
        <MissingPiece className="w-56 -translate-x-[14.5%] rtl:translate-x-[14.5%] sm:w-64" />
        <div className="flex flex-wrap gap-3">
          <Link to="/explore/projects" className={buttonClass()}>
            {t('action')}
          </Link>
          {me ? null : (
            <Link to="/sign-in" search={{ next: href }} className={buttonClass('secondary')}>
              {t('signIn')}
            </Link>
          )}
          <Link to="/" className={buttonClass('secondary')}>
            {t('home')}
          </Link>
        </div>
      </div>
    </Page>
  );
}
