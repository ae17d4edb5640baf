/** What two services apart may ask of each other, on real ports: who is believed, what passes, and what comes of outages. */
import { sql } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privateKeyOf, publicJwk } from '../auth/keys.ts';
import { makeSigningKey } from '../config/secrets.ts';
import { testConfig } from '../config/test-config.ts';
import { createService } from '../service.ts';
import { runInTrace, traceFields } from '../telemetry/trace.ts';
import type { TestPeerService } from '../testing/apart.ts';
import { startTestApp, type TestApp, type TestService } from '../testing/test-app.ts';
import { createTestDatabase, TEST_POOL } from '../testing/test-database.ts';
import { remaining, withDeadline } from './deadline.ts';
import { accounts, peers, script } from './test-peers.ts';

let app: TestApp;
let user: TestService;
let elsewhere: TestService;
beforeAll(async () => {
  app = await startTestApp({ form: 'apart', peers });
  user = app.of('profiles');
  elsewhere = app.of('collaborations');
  await user.db.execute(sql`
    CREATE TABLE arrived (place bigint GENERATED ALWAYS AS IDENTITY, project_id bigint, owner_id bigint)`);
}, 60_000);
afterAll(() => app.close());
beforeEach(() => {
  script.heard = [];
  script.answers = [];
});

const find = (ids: number[]) => elsewhere.platform.calls('profiles.findPrivate', { user_ids: ids });

describe('a call to another service', () => {
  it('tells nobody outside what broke there, and asks no second time', async () => {
    script.answers = [() => Promise.reject(new Error('the secret reason'))];
    const failure = await find([1]).catch((error: unknown) => error);
    expect(failure).not.toHaveProperty('status');
    expect(String(failure)).not.toContain('secret');
    expect(script.heard).toHaveLength(1);
  });

  it('is a part of the trace that it belongs to', async () => {
    let there: string | undefined;
    script.answers = [
      async () => {
        there = traceFields().trace_id;
      },
    ];
    const traceId = 'a'.repeat(32);
    await runInTrace(`00-${traceId}-${'b'.repeat(16)}-01`, () => find([1]));
    expect(there).toBe(traceId);
  });

  it('ends in time, and what it asks for has no longer', async () => {
    let left = 0;
    script.answers = [
      async () => {
        left = remaining();
      },
    ];
    await withDeadline(700, () => find([1]));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(700);
    const never = Promise.withResolvers<void>();
    script.answers = [() => never.promise, () => never.promise];
    await expect(withDeadline(120, () => find([1]))).rejects.toMatchObject({ status: 503 });
    never.resolve();
  });

  it('says of what it does not know that it does not', async () => {
    expect((await ask({ token: await token(), path: '/internal/calls/profiles.findPrivate', body: {} })).status).toBe(
      400,
    );
    expect((await ask({ token: await token(), path: '/internal/calls/profiles.nothing', body: {} })).status).toBe(404);
  });
});

/** A token as the other service would sign it, but for what is changed. */
async function token({
  key = elsewhere.platform.config.secrets.signingKey,
  issuer = 'project',
  audience = 'user',
  typ = 'service+jwt',
  lasts = '60 s',
} = {}): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: publicJwk(key).kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(lasts)
    .sign(privateKeyOf(key));
}
const ask = ({ token: bearer, path, body }: { token?: string; path: string; body: unknown }) =>
  fetch(`${user.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-deadline-ms': '1000',
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
  });

describe('the internal addresses', () => {
  it('are for those alone whom the keys of the peers vouch for', async () => {
    const path = '/internal/calls/profiles.findPrivate';
    const body = { user_ids: [1] };
    expect((await ask({ token: await token(), path, body })).status).toBe(200);
    const refused = [
      undefined,
      'no.token.atall',
      await token({ key: makeSigningKey() }),
      await token({ issuer: 'user' }),
      await token({ issuer: 'payment' }),
      await token({ audience: 'project' }),
      await token({ lasts: '-1 s' }),
      await token({ typ: 'at+jwt' }),
      await elsewhere.platform.auth.issueAccessToken({
        user_id: 1,
        username: 'ada',
        role: 'admin',
        session_id: 1,
        is_verified: true,
      }),
    ];
    for (const bearer of refused) {
      const answer = await ask({ ...(bearer !== undefined && { token: bearer }), path, body });
      expect([answer.status, (await answer.json()).code]).toEqual([401, 'invalid_token']);
      expect(
        (await ask({ ...(bearer !== undefined && { token: bearer }), path: '/internal/events', body })).status,
      ).toBe(401);
    }
  });

  it('show no more of a key than its public half', async () => {
    const { keys } = await (await fetch(`${user.url}/internal/keys`)).json();
    expect(keys).toEqual([publicJwk(user.platform.config.secrets.signingKey)]);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('are not there where everything runs in one process', async () => {
    const database = await createTestDatabase();
    const alone = await createService({
      config: testConfig(),
      databaseUrl: database.url,
      modules: [accounts],
      poolLimits: TEST_POOL,
    });
    const url = await alone.listen();
    expect((await fetch(`${url}/internal/keys`)).status).toBe(404);
    expect((await fetch(`${url}/internal/events`, { method: 'POST' })).status).toBe(404);
    await alone.stop();
    await database.drop();
  });
});

/** Owners in the order in which events of a project arrived. */
const arrived = async ({ db }: Pick<TestService, 'db'>, project_id: number) => {
  const { rows } = await db.execute<{ owner_id: number }>(
    sql`SELECT owner_id FROM arrived WHERE project_id = ${project_id} ORDER BY place`,
  );
  return rows.map(({ owner_id }) => owner_id);
};

describe('events', () => {
  const envelope = (event_id: string, payload: object) => ({
    event_id,
    name: 'project.deleted',
    entity: 'project/99',
    published_at: new Date().toISOString(),
    payload,
  });
  const post = async (body: object) => (await ask({ token: await token(), path: '/internal/events', body })).status;

  it('that are posted twice, or once more a day later, have one effect', async () => {
    const event = envelope('00000000-0001-8000-a000-000000000001', { project_id: 99, owner_id: 1 });
    expect(await Promise.all([post(event), post(event), post(event)])).toEqual([204, 204, 204]);
    await app.settled();
    await user.db.execute(sql`DELETE FROM pgboss.job WHERE name = 'profiles/events'`);
    expect(await post(event)).toBe(204);
    await app.settled();
    expect(await arrived(user, 99)).toEqual([1]);
  });

  it('that this version does not know are refused, and given up by who posts them', async () => {
    expect(await post(envelope('00000000-0001-8000-a000-000000000002', { project_id: 'x' }))).toBe(400);
    expect(await post({ ...envelope('00000000-0001-8000-a000-000000000003', {}), name: 'project.vanished' })).toBe(400);
    expect(await post({})).toBe(422);
    // As a newer version would have written it.
    await elsewhere.db.execute(sql`
      INSERT INTO pgboss.job (id, name, data, singleton_key, retry_limit, dead_letter)
      SELECT '00000000-0001-8000-a000-000000000004', 'to-user/events', ${JSON.stringify(
        envelope('00000000-0001-8000-a000-000000000004', { title: 'new' }),
      )}::jsonb, 'project/99', 5, 'dead-letters'`);
    await expect
      .poll(async () => JSON.stringify(await elsewhere.platform.jobs.deadLetters.list(elsewhere.db, { limit: 10 })))
      .toContain('to-user/events');
  });

  it('wait while the other service is away, and arrive in their order when it is back', {
    timeout: 30_000,
  }, async () => {
    const receiver = user as TestPeerService;
    await receiver.whileAway(async () => {
      for (const owner_id of [1, 2, 3]) {
        await elsewhere.db.transaction((tx) =>
          elsewhere.platform.events.publish(tx, 'project.deleted', { project_id: 5, owner_id }),
        );
      }
      const failed = () =>
        elsewhere.db.execute(sql`SELECT 1 FROM pgboss.job WHERE name = 'to-user/events' AND retry_count > 0`);
      await expect.poll(async () => (await failed()).rows.length, { timeout: 10_000 }).toBeGreaterThan(0);
      await expect(find([1])).rejects.toMatchObject({ status: 503, code: 'unavailable' });
    });
    await expect.poll(() => arrived(receiver, 5), { timeout: 15_000 }).toEqual([1, 2, 3]);
    expect(await find([1])).toEqual([1]);
  });
});
