import type { Profile } from '@collabthon/contracts/profiles';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { useTranslations } from 'use-intl';

/** The name that a person goes by; the username until there is one. */
export function fullName(profile: Pick<Profile, 'first_name' | 'last_name' | 'username'>): string {
  return `${profile.first_name} ${profile.last_name}`.trim() || profile.username;
}

/** What a card calls its person; of somebody whose account is gone it says so, in the reader's language. */
export function useCardName(): (card: PersonCard) => string {
  const t = useTranslations('common');
  return (card) => (card.is_former ? t('formerMember') : card.name || card.username);
}
