import type { User } from '@collabthon/contracts/accounts';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Popover } from '../../components/popover.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSignOut } from './api.ts';

const item = 'block w-full rounded-control px-3 py-2 text-start font-medium hover:bg-well';

export function AccountMenu({ me }: { me: User }) {
  const t = useTranslations('nav');
  const navigate = useNavigate();
  const textOf = useErrorText();
  const signOut = useSignOut();
  const leave = async () => {
    try {
      await signOut.mutateAsync(false);
      showToast(t('signedOut'));
      await navigate({ to: '/' });
    } catch (error) {
      showToast(textOf(error), 'bad');
    }
  };

  return (
    <Popover label={t('account', { name: me.username })} trigger={<Avatar name={me.username} size="small" />}>
      <p className="border-b border-rule px-3 pb-2 text-sm text-faint">{t('signedInAs', { name: me.username })}</p>
      <nav aria-label={t('accountNav')} className="pt-1">
        <Link to="/people/$id" params={{ id: me.id }} className={item}>
          {t('myPage')}
        </Link>
        <Link to="/work" className={item}>
          {t('work')}
        </Link>
        <Link to="/settings" className={item}>
          {t('settings')}
        </Link>
        {me.role === 'admin' ? (
          <Link to="/admin" className={item}>
            {t('admin')}
          </Link>
        ) : null}
        <button type="button" className={item} onClick={() => void leave()}>
          {t('signOut')}
        </button>
      </nav>
    </Popover>
  );
}
