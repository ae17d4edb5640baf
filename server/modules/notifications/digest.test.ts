/** The daily digest, and what is let go of in the end. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crew, type Person, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { answer, ask, join, letTimePass, list, move, project, tick } from './test-people.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ owner, ada, bob } = await crew(app, { isVerified: true }));
});

/** A project with ada on its team, so that what happens to it is told to her, and by no mail of its own. */
async function onTeam(title = 'Tide clock') {
  const tide = await project(app, owner, { title });
  await join(app, owner, ada, tide);
  await app.request('PUT /notifications/mark-all-read', { as: ada });
  return tide;
}
const comesTheHour = async () => {
  await app.settled();
  await app.db.execute(sql`
    UPDATE notifications.members SET digest_due_at = now() - interval '1 minute' WHERE digest_due_at IS NOT NULL`);
  await tick(app, 'notifications.make_digests');
};
const comesTheNextDay = () =>
  app.db.execute(sql`UPDATE notifications.digests SET local_day = local_day - 1 WHERE user_id = ${ada.id}`);
const digests = async (of = ada) =>
  (await app.mails(of.email)).filter(({ subject }) => subject.includes('new for you'));

describe('the digest', () => {
  it('has what is unread and was in no mail, at the member’s hour', async () => {
    await app.request('PUT /notifications/preferences', {
      as: ada,
      body: { zone: 'Asia/Kolkata', digest: { hour: 19 } },
    });
    const tide = await onTeam();
    await move(app, owner, tide.id, 'in_progress');
    await join(app, owner, bob, tide);
    const { rows } = await app.db.execute<{ due: string }>(sql`
      SELECT to_char(digest_due_at AT TIME ZONE 'Asia/Kolkata', 'HH24:MI') AS due
      FROM notifications.members WHERE user_id = ${ada.id}`);
    expect(rows).toEqual([{ due: '19:00' }]);
    await comesTheHour();
    const [mail, ...more] = await digests();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ subject: '2 things that are new for you', locale: 'en' });
    expect(mail?.text).toContain('The team of “Tide clock” is at work.');
    expect(mail?.text).toContain(`${bob.username} is on the team of “Tide clock” now, as Maker.`);
    expect(mail?.text).toContain(`http://localhost:8000/projects/${tide.id}`);
  });

  it('comes once a day, and the next one repeats nothing', async () => {
    const tide = await onTeam();
    await move(app, owner, tide.id, 'in_progress');
    await comesTheHour();
    await comesTheHour();
    expect(await digests()).toHaveLength(1);
    await move(app, owner, tide.id, 'completed');
    await comesTheHour();
    expect(await digests()).toHaveLength(1);
    // It waits for its next hour instead.
    const { rows } = await app.db.execute(sql`
      SELECT digest_due_at > now() AS is_ahead FROM notifications.members WHERE user_id = ${ada.id}`);
    expect(rows).toEqual([{ is_ahead: true }]);
    await comesTheNextDay();
    await comesTheHour();
    const [second] = await digests();
    expect(await digests()).toHaveLength(2);
    expect(second?.text).toContain('“Tide clock” is done.');
    expect(second?.text).not.toContain('at work');
  });

  it('does not come when there is nothing in it', async () => {
    const tide = await onTeam();
    await comesTheHour();
    await move(app, owner, tide.id, 'in_progress');
    await app.settled();
    await app.request('PUT /notifications/mark-all-read', { as: ada });
    await comesTheHour();
    expect(await digests()).toEqual([]);
  });

  it('leaves out what had a mail, and has no mail follow what it said', async () => {
    await ask(app, owner, { receiver_id: ada.id });
    await app.settled();
    await letTimePass(app, 'notifications.send_mail');
    expect(await app.mails(ada.email)).toHaveLength(1);
    await comesTheHour();
    expect(await digests()).toEqual([]);
    await ask(app, bob, { receiver_id: ada.id });
    await comesTheHour();
    await letTimePass(app, 'notifications.send_mail');
    expect((await app.mails(ada.email)).map(({ subject }) => subject)).toEqual([
      '1 thing that is new for you',
      `${owner.username} wants to connect`,
    ]);
  });

  it('is not for who turned it off, nor of what is muted', async () => {
    const [other] = await people(app, 1, { isVerified: true });
    if (!other) throw new Error('Nobody came.');
    const tide = await onTeam();
    await join(app, owner, other, tide);
    await app.request('PUT /notifications/preferences', { as: ada, body: { digest: { is_on: false } } });
    await move(app, owner, tide.id, 'in_progress');
    await app.settled();
    await app.request('PUT /notifications/mutes/{thread}', { as: other, params: { thread: `project:${tide.id}` } });
    await comesTheHour();
    const texts = [...(await digests()), ...(await digests(other))].map(({ text }) => text);
    expect(texts.filter((text) => text.includes('at work'))).toEqual([]);
  });

  it('comes once when many processes make it at the same time', async () => {
    const tide = await onTeam();
    await move(app, owner, tide.id, 'in_progress');
    await app.settled();
    await app.db.execute(sql`UPDATE notifications.members SET digest_due_at = now() WHERE user_id = ${ada.id}`);
    await Promise.all(Array.from({ length: 4 }, () => tick(app, 'notifications.make_digests')));
    await app.db.execute(sql`
      UPDATE pgboss.job SET state = 'created', completed_on = NULL WHERE name = 'notifications.send_digest'`);
    await app.settled();
    expect(await digests()).toHaveLength(1);
  });

  it('says the most recent of very many', async () => {
    await onTeam();
    await app.db.execute(sql`
      INSERT INTO notifications.notifications (event_id, recipient_id, kind, topic, params, threads, is_listed, created_at)
      SELECT gen_random_uuid(), ${ada.id}, 'project_moved', 'projects',
        jsonb_build_object('project_title', 'P' || n, 'status', 'open'), '{}', true, now() - n * interval '1 minute'
      FROM generate_series(1, 30) n`);
    await app.db.execute(sql`
      INSERT INTO notifications.members (user_id, digest_due_at) VALUES (${ada.id}, now())
      ON CONFLICT (user_id) DO UPDATE SET digest_due_at = now()`);
    await comesTheHour();
    const [mail] = await digests();
    expect(mail?.subject).toBe('30 things that are new for you');
    expect(mail?.text).toContain('“P20” is looking');
    expect(mail?.text).not.toContain('“P21” is looking');
    expect(mail?.text).toContain('… and 10 more.');
  });
});

describe('after 180 days', () => {
  it('what was read is deleted, what was not stays', async () => {
    const requests = [await ask(app, owner, { receiver_id: ada.id }), await ask(app, bob, { receiver_id: ada.id })];
    await answer(app, ada, requests[0] ?? 0, 'reject');
    await app.settled();
    const age = (days: number) =>
      app.db.execute(sql`
        UPDATE notifications.notifications SET created_at = now() - make_interval(days => ${days})
        WHERE recipient_id = ${ada.id}`);
    await age(179);
    await tick(app, 'notifications.clean_up');
    expect(await list(app, ada)).toHaveLength(2);
    await age(181);
    await tick(app, 'notifications.clean_up');
    expect((await list(app, ada)).map(({ is_read }) => is_read)).toEqual([false]);
  });
});
