/** With many notifications, members and subscriptions, every statement finds its rows through an index. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../platform/database/database.ts';
import { readPaging } from '../../platform/database/paging.ts';
import { explaining } from '../../platform/testing/explaining.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { createNotificationStore } from './store.ts';
import { createDigestStore } from './store-digests.ts';
import { createMemberStore, recipientsOf } from './store-members.ts';
import { createPushStore } from './store-push.ts';

const USER = 77;

let app: TestApp;
let plans: string[] = [];

beforeAll(async () => {
  app = await startTestApp({ work: false });
  await app.db.execute(sql`
    INSERT INTO notifications.notifications (event_id, recipient_id, kind, topic, params, threads, is_listed, created_at, read_at)
    SELECT gen_random_uuid(), n % 1000, 'project_moved', 'projects', '{}', ARRAY['project:' || n % 50], true,
      now() - n * interval '1 minute', CASE WHEN n % 3 = 0 THEN now() END
    FROM generate_series(1, 60000) n`);
  await app.db.execute(sql`
    INSERT INTO notifications.members (user_id, digest_due_at)
    SELECT n, CASE WHEN n % 100 = 0 THEN now() - interval '1 minute' END FROM generate_series(1, 30000) n`);
  await app.db.execute(sql`
    INSERT INTO notifications.push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
    SELECT n % 10000, n, 'https://push.example/' || n, 'x', 'x' FROM generate_series(1, 30000) n`);
  await app.db.execute(sql`
    INSERT INTO notifications.mutes (user_id, thread)
    SELECT n % 10000, 'project:' || n FROM generate_series(1, 30000) n`);
  await app.db.execute(sql`
    INSERT INTO notifications.digests (user_id, local_day, notification_ids)
    SELECT n % 3000, DATE '2026-01-01' + n / 3000, '{1,2}' FROM generate_series(1, 30000) n`);
  for (const table of ['notifications', 'members', 'push_subscriptions', 'mutes', 'digests']) {
    await app.db.execute(sql`ANALYZE notifications.${sql.identifier(table)}`);
  }
}, 60_000);
afterAll(() => app.close());

const statements: Record<string, (db: Db) => Promise<unknown>> = {
  'the list': (db) => createNotificationStore(db).list(USER, false, readPaging({})),
  'the unread': (db) => createNotificationStore(db).list(USER, true, readPaging({})),
  'how many are unread': (db) => createNotificationStore(db).countUnread(USER),
  'reading all': (db) => createNotificationStore(db).markSomeRead(USER, 1000),
  'settling a request': (db) => createNotificationStore(db).settle(USER, 'request:7'),
  'a welcome without its mail': (db) => createNotificationStore(db).findUnmailedWelcome(USER),
  'what outlived its time': (db) => createNotificationStore(db).deleteOutlived(180, 1000),
  'who is told': (db) => recipientsOf(db, [USER, USER + 1], ['project:1']),
  'what is muted': (db) => createMemberStore(db).listMutes(USER, readPaging({})),
  'browsers that wait': (db) => createPushStore(db).listOpen(USER, 5),
  'whose digest is due': (db) => createDigestStore(db).lockDue(100),
  'what is in a digest': (db) => createDigestStore(db).lockItems(USER),
  'old digests': (db) => createDigestStore(db).deleteOld(180),
};

it.each(Object.entries(statements))('%s', async (_name, run) => {
  plans = [];
  await run(explaining(app.db, (plan) => plans.push(plan)));
  const scanned = plans.flatMap((plan) =>
    [...plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map((match) => match[1]),
  );
  expect(plans.length).toBeGreaterThan(0);
  // Nothing was pushed yet, and an empty table is read as it is.
  expect(scanned.filter((table) => table !== 'pushes')).toEqual([]);
});
