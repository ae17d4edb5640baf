import type { User } from '@collabthon/contracts/accounts';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Popover } from '../../components/popover.tsx';
import { useSignOutHere } from './use-sign-out-here.ts';

const item = 'block w-full rounded-control px-3 py-2 text-start font-medium hover:bg-well';

export function AccountMenu({ me, onShortcuts }: { me: User; onShortcuts: () => void }) {
  const t = useTranslations('nav');
  const signOut = useSignOutHere();

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
        <Link to="/settings/appearance" className={item}>
          {t('appearance')}
        </Link>
        <button type="button" className={`${item} hidden lg:block`} onClick={onShortcuts}>
          {t('shortcuts')}
        </button>
        {me.role === 'admin' ? (
          <Link to="/admin" className={item}>
            {t('admin')}
          </Link>
        ) : null}
        <button type="button" className={item} onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </nav>
    </Popover>
  );
}
