/** Who may see what of an account. */
import type { Principal } from '../../platform/auth/auth.ts';
import type { Account } from './store.ts';

/** Address and security settings are for oneself and admins. */
export const isPrivateTo = (principal: Principal | null, account: Account): boolean =>
  principal !== null && (principal.user_id === account.id || principal.role === 'admin');

/** Suspended accounts are there for themselves and admins only. */
export const canSee = (principal: Principal | null, account: Account): boolean =>
  account.is_active || isPrivateTo(principal, account);
