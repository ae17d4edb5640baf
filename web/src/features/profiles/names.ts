import type { Profile } from '@collabthon/contracts/profiles';
import type { PersonCard } from '@collabthon/contracts/shapes';

/** The name that a person goes by; the username until there is one. */
export function fullName(profile: Pick<Profile, 'first_name' | 'last_name' | 'username'>): string {
  return `${profile.first_name} ${profile.last_name}`.trim() || profile.username;
}

export const cardName = (card: PersonCard): string => card.name || card.username;
