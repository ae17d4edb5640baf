import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
});
afterAll(() => app.close());

let number = 0;
let domain = '';
beforeEach(() => {
  number += 1;
  domain = `college${number}.example`;
});

const addDomain = (name: string, kind: 'student' | 'alumni' = 'student') =>
  app.request('POST /admin/college-domains', { as: admin, body: { domain: name, college: `College ${number}`, kind } });

const ask = (as: TestMember, email: string) => app.request('POST /auth/college-badge', { as, body: { email } });
const confirm = (as: TestMember, code: string) =>
  app.request('POST /auth/college-badge/confirm', { as, body: { code } });
const badgeOf = async (member: TestMember) => (await app.request('GET /auth/me', { as: member })).body.college_badge;
const memberCall = (member: TestMember) => app.platform.calls('accounts.getMember', { user_id: member.id });

async function mailedCode(email: string): Promise<string> {
  await app.settled();
  return /\b([0-9]{6})\b/.exec((await app.mails(email))[0]?.subject ?? '')?.[1] ?? '';
}

const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function earn(member: TestMember, email: string) {
  expect((await ask(member, email)).status).toBe(202);
  return confirm(member, await mailedCode(email));
}

/** Badge states that were announced for a member, oldest first. */
async function announced(member: TestMember) {
  const { rows } = await app.db.execute<{ badge: { kind: string } | null; version: number }>(sql`
    SELECT data->'payload'->'badge' AS badge, (data->'payload'->>'version')::int AS version FROM pgboss.job
    WHERE name = 'profiles/events' AND data->>'name' = 'member.changed' AND (data->'payload'->>'user_id')::int = ${member.id} ORDER BY 2`);
  return rows;
}

describe('the badge', () => {
  it('is earned by the code mailed to an address of a listed domain, for 12 months', async () => {
    await addDomain(domain);
    const ada = await app.member();
    const { status, body } = await earn(ada, `ada@${domain}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ college: `College ${number}`, domain, kind: 'student' });
    const months = (new Date(body.expires_at).getTime() - new Date(body.confirmed_at).getTime()) / 86_400_000;
    expect([365, 366]).toContain(Math.round(months));
    expect(await badgeOf(ada)).toEqual(body);
    expect((await app.request('GET /users/{id}', { params: { id: ada.id } })).body.college_badge).toEqual(body);
    expect((await memberCall(ada))?.badge).toEqual({ college: `College ${number}`, kind: 'student' });
    expect((await announced(ada)).at(-1)?.badge).toMatchObject({ kind: 'student' });
  });

  it('is not earned by a domain alone: an unlisted one, or one that only ends alike, is refused', async () => {
    await addDomain(domain);
    const ada = await app.member();
    for (const email of ['ada@gmail.example', `ada@evil${domain}`, `ada@${domain}.evil.example`]) {
      expect((await ask(ada, email)).body).toMatchObject({ status: 422, errors: [{ path: '/email' }] });
    }
    await ask(ada, `ada@${domain}`);
    expect(await badgeOf(ada)).toBeNull();
  });

  it('covers subdomains, by the nearest listed domain, and labels alumni', async () => {
    await addDomain(domain);
    await addDomain(`alumni.${domain}`, 'alumni');
    const ada = await app.member();
    const bob = await app.member();
    expect((await earn(ada, `ada@CS.${domain.toUpperCase()}`)).body).toMatchObject({ domain, kind: 'student' });
    expect((await earn(bob, `bob@alumni.${domain}`)).body).toMatchObject({
      domain: `alumni.${domain}`,
      kind: 'alumni',
    });
  });

  it('survives four wrong codes and not five', async () => {
    await addDomain(domain);
    const ada = await app.member();
    await ask(ada, `ada@${domain}`);
    const code = await mailedCode(`ada@${domain}`);
    for (let n = 0; n < 4; n += 1) expect((await confirm(ada, another(code))).status).toBe(422);
    expect((await confirm(ada, code)).status).toBe(200);

    const bob = await app.member();
    await ask(bob, `bob@${domain}`);
    const bobs = await mailedCode(`bob@${domain}`);
    const wrong = await Promise.all(Array.from({ length: 8 }, () => confirm(bob, another(bobs))));
    expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([422]));
    expect((await confirm(bob, bobs)).status).toBe(422);
    expect(await badgeOf(bob)).toBeNull();
  });

  it('wants the code within ten minutes, from the member who asked, once', async () => {
    await addDomain(domain);
    const ada = await app.member();
    const eve = await app.member();
    await ask(ada, `ada@${domain}`);
    const code = await mailedCode(`ada@${domain}`);
    expect((await confirm(eve, code)).status).toBe(422);
    await app.db.execute(
      sql`UPDATE accounts.badge_codes SET expires_at = expires_at - interval '10 minutes' WHERE user_id = ${ada.id}`,
    );
    expect((await confirm(ada, code)).status).toBe(422);

    const again = await earn(ada, `ada@${domain}`);
    expect(again.status).toBe(200);
    expect((await confirm(ada, await mailedCode(`ada@${domain}`))).status).toBe(422);
  });

  it('is one for each address, also when two confirm at once', async () => {
    await addDomain(domain);
    const [ada, bob, eve] = [await app.member(), await app.member(), await app.member()];
    const email = `shared@${domain}`;
    await ask(ada, email);
    const first = await mailedCode(email);
    await ask(bob, email);
    const second = await mailedCode(email);
    const answers = await Promise.all([confirm(ada, first), confirm(bob, second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await earn(eve, email.toUpperCase())).status).toBe(409);
  });

  it('keeps no college address once the code is used', async () => {
    await addDomain(domain);
    const ada = await app.member();
    await earn(ada, `secret-name@${domain}`);
    const { rows } = await app.db.execute(
      sql`SELECT b.*, c.* FROM accounts.badges b LEFT JOIN accounts.badge_codes c USING (user_id) WHERE user_id = ${ada.id}`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('secret-name');
  });

  it('cannot be used to flood an address', async () => {
    await addDomain(domain);
    const ada = await app.member();
    for (let n = 0; n < 5; n += 1) expect((await ask(ada, `n${n}@${domain}`)).status).toBe(202);
    const refused = await ask(ada, `other@${domain}`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);

    for (let n = 0; n < 5; n += 1) await ask(await app.member(), `victim@${domain}`);
    expect((await ask(await app.member(), `victim@${domain}`)).status).toBe(429);
  });

  it('lapses by itself, and others hear of it', async () => {
    await addDomain(domain);
    const ada = await app.member();
    await earn(ada, `ada@${domain}`);
    await app.db.execute(sql`UPDATE accounts.badges SET expires_at = now() WHERE user_id = ${ada.id}`);
    expect(await badgeOf(ada)).toBeNull();
    await app.db.transaction((tx) => app.platform.jobs.send(tx, 'accounts.clean_up', {}));
    await app.settled();
    const states = await announced(ada);
    expect(states.at(-1)?.badge).toBeNull();
    expect(states.at(-1)?.version).toBeGreaterThan(states.at(-2)?.version ?? 0);
    // The address is free again.
    expect((await earn(await app.member(), `ada@${domain}`)).status).toBe(200);
  });
});

describe('the domain list', () => {
  it('takes its badges and codes with it, at once, and says so', async () => {
    const { body } = await addDomain(domain);
    const [ada, bob, eve] = [await app.member(), await app.member(), await app.member()];
    await earn(ada, `ada@${domain}`);
    await earn(bob, `bob@sub.${domain}`);
    await ask(eve, `eve@${domain}`);
    const pending = await mailedCode(`eve@${domain}`);

    expect(
      (await app.request('DELETE /admin/college-domains/{id}', { as: admin, params: { id: body.id } })).status,
    ).toBe(204);
    for (const member of [ada, bob]) {
      expect(await badgeOf(member)).toBeNull();
      expect((await memberCall(member))?.badge).toBeNull();
      expect((await announced(member)).at(-1)?.badge).toBeNull();
    }
    expect((await confirm(eve, pending)).status).toBe(422);
    expect(
      (await app.request('DELETE /admin/college-domains/{id}', { as: admin, params: { id: body.id } })).status,
    ).toBe(404);
    await app.settled();
    const audit = (await app.request('GET /admin/audit', { as: admin })).body.items;
    expect(audit.find(({ action }) => action === 'college_domain.removed')).toMatchObject({
      actor_id: admin.id,
      target: `college-domain/${body.id}`,
      detail: { domain, badges_ended: 2 },
    });
  });

  it('is corrected: its badges say the new words at once, and how many there are is told', async () => {
    const { body } = await addDomain(domain);
    expect(body.badges).toBe(0);
    const ada = await app.member();
    await earn(ada, `ada@${domain}`);
    const change = (as: TestMember, id: number, college: string) =>
      app.request('PUT /admin/college-domains/{id}', { as, params: { id }, body: { college, kind: 'alumni' } });
    expect((await change(admin, body.id, 'Corrected College')).body).toMatchObject({
      domain,
      college: 'Corrected College',
      kind: 'alumni',
      badges: 1,
    });
    expect(await badgeOf(ada)).toMatchObject({ college: 'Corrected College', kind: 'alumni' });
    expect((await memberCall(ada))?.badge).toEqual({ college: 'Corrected College', kind: 'alumni' });
    expect((await announced(ada)).at(-1)?.badge?.kind).toBe('alumni');
    const { items } = (await app.request('GET /admin/college-domains', { as: admin })).body;
    expect(items.find(({ id }) => id === body.id)?.badges).toBe(1);
    expect((await change(admin, 2 ** 52, 'Nowhere')).status).toBe(404);
    expect((await change(await app.member({ role: 'moderator' }), body.id, 'Mine')).status).toBe(403);
  });

  it('refuses what is listed already and what is no domain', async () => {
    expect((await addDomain(domain)).status).toBe(201);
    expect((await addDomain(domain)).status).toBe(409);
    for (const name of [
      'com',
      'Upper.example',
      'a b.example',
      '-x.example',
      `${'a'.repeat(64)}.example`,
      'x..example',
    ]) {
      expect((await addDomain(name)).status).toBe(422);
    }
    const { items } = (await app.request('GET /admin/college-domains', { as: admin })).body;
    expect(items.map((item) => item.domain)).toContain(domain);
  });

  it('is for admins', async () => {
    const moderator = await app.member({ role: 'moderator' });
    expect((await app.request('GET /admin/college-domains', { as: moderator })).status).toBe(403);
    const body = { domain, college: 'Mine', kind: 'student' as const };
    expect((await app.request('POST /admin/college-domains', { as: moderator, body })).status).toBe(403);
  });
});
