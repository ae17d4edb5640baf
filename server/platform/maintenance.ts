/** Lets go of what the platform keeps for a while only. */
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import type { Db } from './database/database.ts';
import type { JobRunner } from './jobs/jobs.ts';

export function addMaintenance(jobs: JobRunner, db: Db): void {
  jobs.addQueue({
    name: 'platform.clean_up',
    input: Type.Object({}),
    retryLimit: 2,
    expireInSeconds: 300,
    cron: '17 * * * *',
    async handle() {
      // A queue keeps a job for 14 days, so an event is not delivered again after 30.
      await db.execute(sql`DELETE FROM platform.inbox WHERE handled_at < now() - interval '30 days'`);
      await db.execute(sql`DELETE FROM platform.idempotency_keys WHERE kept_at < now() - interval '1 day'`);
      await db.execute(sql`DELETE FROM platform.revoked_sessions WHERE forget_after < now()`);
      // No copy in Redis is kept for longer, and no process goes without a look for longer and then relies on it.
      await db.execute(sql`DELETE FROM platform.cache_changes WHERE changed_at < now() - interval '3 hours'`);
      // A page that was asleep for longer asks for everything again.
      await db.execute(sql`DELETE FROM platform.stream_entries WHERE created_at < now() - interval '1 day'`);
      await db.execute(sql`DELETE FROM platform.sent_mails WHERE begun_at < now() - interval '30 days'`);
      // By then a CDN has let go of everything by itself.
      await db.execute(sql`DELETE FROM platform.cdn_purges WHERE due_at < now() - interval '2 hours'`);
      await db.execute(sql`DELETE FROM platform.mailbox WHERE sent_at < now() - interval '30 days'`);
    },
  });
}
