/** SQL of the second factor: authenticator and recovery codes. */
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import { recoveryCodes, users } from './tables.ts';

export function createFactorStore(db: Db) {
  return {
    /** Keeps a secret that does not count yet. @returns false when the second factor is on already. */
    async setPending(userId: number, sealedSecret: string): Promise<boolean> {
      const result = await db
        .update(users)
        .set({ totp_secret: sealedSecret, totp_last_step: null })
        .where(and(eq(users.id, userId), eq(users.totp_enabled, false)));
      return result.rowCount === 1;
    },

    /** @returns false when it is on already, or another secret took this one's place. */
    async enable(userId: number, sealedSecret: string, step: number, codeHashes: string[]): Promise<boolean> {
      const result = await db
        .update(users)
        .set({ totp_enabled: true, totp_last_step: step, updated_at: sql`now()` })
        .where(and(eq(users.id, userId), eq(users.totp_enabled, false), eq(users.totp_secret, sealedSecret)));
      if (result.rowCount !== 1) return false;
      await db.delete(recoveryCodes).where(eq(recoveryCodes.user_id, userId));
      await db.insert(recoveryCodes).values(codeHashes.map((code_hash) => ({ user_id: userId, code_hash })));
      return true;
    },

    async disable(userId: number) {
      await db
        .update(users)
        .set({ totp_enabled: false, totp_secret: null, totp_last_step: null, updated_at: sql`now()` })
        .where(eq(users.id, userId));
      await db.delete(recoveryCodes).where(eq(recoveryCodes.user_id, userId));
    },

    /** Uses up a 30-second step and all before it. @returns false when it was used already. */
    async useStep(userId: number, step: number): Promise<boolean> {
      const result = await db
        .update(users)
        .set({ totp_last_step: step })
        .where(and(eq(users.id, userId), sql`coalesce(${users.totp_last_step} < ${step}, true)`));
      return result.rowCount === 1;
    },

    /** @returns false when there is no such code left. */
    async useRecoveryCode(userId: number, codeHash: string): Promise<boolean> {
      const result = await db
        .delete(recoveryCodes)
        .where(and(eq(recoveryCodes.user_id, userId), eq(recoveryCodes.code_hash, codeHash)));
      return result.rowCount === 1;
    },
  };
}
