import type { User } from '@collabthon/contracts/accounts';
import { useTranslations } from 'use-intl';
import { Tag } from '../../components/tag.tsx';

/** What sets an account apart from most. */
export function UserTags({ user }: { user: User }) {
  const t = useTranslations('admin.users');
  return (
    <span className="flex flex-wrap gap-1.5 empty:hidden">
      {user.role === 'student' ? null : <Tag tone="warm">{t(`role.${user.role}`)}</Tag>}
      {user.is_active ? null : <Tag tone="bad">{t('state.suspended')}</Tag>}
      {user.is_verified ? null : <Tag>{t('unverified')}</Tag>}
    </span>
  );
}
