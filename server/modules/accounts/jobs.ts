/** Background work of this module. */
import type { JobHandlers, Schedules } from '../../platform/jobs/jobs.ts';
import { forgetOldAttempts } from './attempts.ts';
import { announceBadges } from './badges.ts';
import { sendPasswordReset } from './change-password.ts';
import type { Context } from './context.ts';
import { createUserStore } from './store.ts';
import { createBadgeStore } from './store-badges.ts';
import { discardOldDrafts } from './store-drafts.ts';
import { createSessionStore } from './store-sessions.ts';
import { greet } from './use-cases.ts';

/** Rows of one transaction, so that none holds its locks for long. */
const BATCH = 100;

export const schedules: Schedules = { 'accounts.clean_up': '17 * * * *' };

export const jobHandlers = (context: Context): JobHandlers => ({
  'accounts.process_user_registration': ({ user_id }) => greet(context, user_id),
  'accounts.send_password_reset': ({ email }) => sendPasswordReset(context, email),
  'accounts.clean_up': async (_input, { signal }) => {
    const { db } = context.platform;
    await inBatches(signal, () => dropLapsedBadges(context));
    await inBatches(signal, () => dropNeverVerified(context));
    await inBatches(signal, () => discardOldDrafts(db, BATCH));
    await createBadgeStore(db).deleteExpiredCodes();
    await createSessionStore(db).deleteExpiredTokens();
    await createSessionStore(db).deleteOld();
    await forgetOldAttempts(db);
  },
});

/** Repeats until a run finds less than a batch. */
async function inBatches(signal: AbortSignal, run: () => Promise<number>): Promise<void> {
  while (!signal.aborted && (await run()) === BATCH);
}

function dropLapsedBadges(context: Context): Promise<number> {
  return context.platform.db.transaction(async (tx) => {
    const holders = await createBadgeStore(tx).dropLapsed(BATCH);
    await announceBadges(context, tx, holders);
    return holders.length;
  });
}

function dropNeverVerified({ platform }: Context): Promise<number> {
  return platform.db.transaction(async (tx) => {
    const gone = await createUserStore(tx).deleteNeverVerified(BATCH);
    for (const { id, username, version } of gone) {
      await platform.events.publish(tx, 'member.changed', {
        user_id: id,
        username,
        role: 'student',
        is_active: false,
        is_verified: false,
        is_demo: false,
        badge: null,
        version: version + 1,
      });
    }
    return gone.length;
  });
}
