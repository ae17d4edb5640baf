/** Things that happen, for the tests of what counts them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { TestApp, TestMember } from '../../platform/testing/test-app.ts';

/** The day it is, in UTC, or one before. */
export const day = (ago = 0) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** As if the module had been there for so many days. */
export const countSince = (app: TestApp, ago: number) =>
  app.db.execute(sql`UPDATE analytics.counting SET since = ${day(ago)}::date`);

export const countOn = (app: TestApp, ago: number, measure: string, count: number) =>
  app.db.execute(sql`
    INSERT INTO analytics.daily (day, measure, lane, count) VALUES (${day(ago)}::date, ${measure}, 0, ${count})`);

/** A project is posted, applied to by `applicant`, who is let in, and finished; a message is written on the way. */
export async function projectWithTeam(app: TestApp, owner: TestMember, applicant: TestMember): Promise<void> {
  const draft = await app.request('POST /projects', {
    as: owner,
    body: { title: 'Tide clock', description: 'A clock that shows the tide.', required_skills: ['C'], status: 'draft' },
  });
  const params = { id: draft.body.id };
  await app.request('PUT /projects/{id}', { as: owner, params, body: { status: 'open' } });
  await app.settled();
  const asked = await app.request('POST /collaborations', {
    as: applicant,
    body: { receiver_id: owner.id, project_id: params.id },
  });
  await app.settled();
  const { body: conversations } = await app.request('GET /conversations', { as: applicant });
  await app.request('POST /conversations/{id}/messages', {
    as: applicant,
    params: { id: conversations.items[0]?.id ?? 0 },
    body: { client_id: randomUUID(), text: 'I know tides.' },
  });
  await app.request('PUT /collaborations/{id}/accept', { as: owner, params: { id: asked.body.id } });
  await app.settled();
  await app.request('PUT /projects/{id}', { as: owner, params, body: { status: 'completed' } });
  await app.settled();
}

/** Days of a report made after `until` wait until the returned function is called. */
export async function holdReportsAfter(app: TestApp, until: string): Promise<() => Promise<void>> {
  await app.db.execute(
    sql.raw(`
      CREATE FUNCTION analytics.hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(4242);
        RETURN NEW;
      END $$;
      CREATE TRIGGER hold BEFORE INSERT ON analytics.report_days
        FOR EACH ROW WHEN (NEW.day > '${until}') EXECUTE FUNCTION analytics.hold();`),
  );
  let release = () => {};
  const held = new Promise<void>((taken) => {
    void app.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(4242)`);
      taken();
      await new Promise<void>((done) => {
        release = done;
      });
    });
  });
  await held;
  return async () => {
    release();
    await app.db.execute(sql`DROP TRIGGER hold ON analytics.report_days`);
    await app.db.execute(sql`DROP FUNCTION analytics.hold`);
  };
}
