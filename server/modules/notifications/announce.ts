import type { Db } from '../../platform/database/database.ts';

/**
 * Every change of somebody's notifications passes here, in the transaction that makes it: written, read, deleted.
 * Whoever shows notifications while they happen is told from here and nowhere else; nobody is so far.
 */
export async function announce(_tx: Db, _userIds: readonly number[]): Promise<void> {}
