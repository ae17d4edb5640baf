/** Who may see what of an account. */
import type { Principal } from '../../platform/auth/auth.ts';
import type { Calls } from '../../platform/calls/calls.ts';
import type { Account } from './store.ts';

/** Address and security settings are for oneself and admins. */
export const isPrivateTo = (principal: Principal | null, account: Account): boolean =>
  principal !== null && (principal.user_id === account.id || principal.role === 'admin');

/**
 * Those of these accounts that are there for this viewer. A suspended one is for itself and admins only, and one whose
 * profile is private for itself, moderators and admins.
 */
export async function visibleTo(calls: Calls, principal: Principal | null, accounts: Account[]): Promise<Account[]> {
  const there = accounts.filter((account) => account.is_active || isPrivateTo(principal, account));
  if (principal && principal.role !== 'student') return there;
  const hidden = new Set(await calls('profiles.findPrivate', { user_ids: there.map(({ id }) => id) }));
  return there.filter(({ id }) => !hidden.has(id) || id === principal?.user_id);
}
