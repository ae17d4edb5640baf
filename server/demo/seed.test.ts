import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../platform/testing/test-app.ts';
import { DEMO_PASSWORD } from './people.ts';
import { demoSignIns, seedDemoCampus } from './seed.ts';

let app: TestApp;
const lines: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  expect(await seedDemoCampus({ platform: app.platform, onProgress: (line) => lines.push(line) })).toBe(true);
}, 120_000);
afterAll(() => app.close());

const signIn = async (username: string, password = DEMO_PASSWORD) => {
  const { status, body } = await app.request('POST /auth/login', { body: { username, password } });
  expect(status).toBe(200);
  return { token: body.access_token };
};

describe('loading the demo campus', () => {
  it('lets everybody sign in who is promised', async () => {
    for (const { username, password } of demoSignIns) {
      const { body } = await app.request('GET /auth/me', { as: await signIn(username, password) });
      expect(body).toMatchObject({ username, is_demo: true, is_verified: true });
    }
  });

  it('is found by search at once, and is marked', async () => {
    const projects = await app.request('GET /search-advanced/projects', { query: { q: 'bus tims' } });
    expect(projects.body.items[0]).toMatchObject({
      title: 'Open-source bus times for Calder Bay, minus the ads',
      is_demo: true,
    });
    const people = await app.request('GET /search-advanced/profiles', { query: { q: 'brückner', skills: 'Figma' } });
    expect(people.body.items[0]).toMatchObject({ username: 'leo', is_demo: true, is_verified_student: true });
    const all = await app.request('GET /projects', { query: { size: 100 } });
    expect(all.body.total).toBeGreaterThan(40);
    expect(all.body.items.every(({ is_demo }) => is_demo)).toBe(true);
  });

  it('uses known skills only', async () => {
    const { rows } = await app.db.execute(sql`SELECT name FROM profiles.skills WHERE NOT is_curated`);
    expect(rows).toEqual([]);
  });

  it('tells its people what happened, when it happened, and mails nobody', async () => {
    await app.settled();
    const maya = await signIn('maya');
    const { body } = await app.request('GET /notifications', { as: maya, query: { limit: 100 } });
    const received = body.items.filter(({ type }) => type === 'application_received');
    expect(received.filter(({ is_read }) => !is_read)).toHaveLength(5);
    expect(received.every(({ created_at }) => Date.parse(created_at) < Date.now() - 3_600_000)).toBe(true);
    const leo = await app.request('GET /notifications', { as: await signIn('leo'), query: { limit: 100 } });
    const types = leo.body.items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['invitation_received', 'request_accepted']));
    // What is long past was read by then.
    expect(leo.body.items.filter(({ is_read }) => !is_read).length).toBeLessThan(10);
    expect(await app.mails()).toEqual([]);
    const { rows } = await app.db.execute(sql`
      SELECT name FROM pgboss.job WHERE name IN ('mail.send', 'notifications.send_mail', 'notifications.send_push')
      UNION ALL SELECT 'a digest' FROM notifications.members WHERE digest_due_at IS NOT NULL`);
    expect(rows).toEqual([]);
  });

  it('has something to do for the people to sign in as', async () => {
    const maya = await signIn('maya');
    const received = await app.request('GET /collaborations/received', { as: maya, query: { status: 'pending' } });
    expect(received.body).toHaveLength(5);
    const accepted = await app.request('PUT /collaborations/{id}/accept', {
      as: maya,
      params: { id: received.body[0]?.id ?? 0 },
    });
    expect(accepted.status).toBe(200);
    const leo = await signIn('leo');
    expect((await app.request('GET /collaborations/teams', { as: leo })).body.items.length).toBeGreaterThan(0);
    const noor = await signIn('noor');
    const { body } = await app.request('GET /auth/me', { as: noor });
    const profile = await app.request('GET /users/{id}/profile', { as: noor, params: { id: body.id } });
    expect(profile.body.missing).toEqual(['name', 'college', 'skills', 'availability', 'open_to']);
  });

  it('lets teams and those who ask talk', async () => {
    await app.settled();
    const leo = await signIn('leo');
    const { body } = await app.request('GET /conversations', { as: leo });
    const team = body.items.find(({ kind, last_position }) => kind === 'team' && last_position > 0);
    expect(team).toMatchObject({ is_open: true, unread_count: 0, last_message: { text: expect.any(String) } });
    expect(body.items.find(({ kind }) => kind === 'request')).toMatchObject({ is_open: true, member_count: 2 });
    // Of what was answered long ago nothing stays open, and each team has one.
    const { rows } = await app.db.execute(sql`
      SELECT (SELECT count(*) FROM conversations.conversations c JOIN collaborations.requests r ON r.id = c.request_id
              WHERE (c.closed_at IS NULL) <> (r.status = 'pending')) AS wrong,
        (SELECT count(*) FROM conversations.conversations WHERE kind = 'team')
          - (SELECT count(DISTINCT project_id) FROM collaborations.members) AS surplus`);
    expect(rows[0]).toEqual({ wrong: 0, surplus: 0 });
  });

  it('makes trends from requests', async () => {
    await app.settled();
    const { body } = await app.request('GET /projects/trending', { query: { days: 30, limit: 10 } });
    const counts = body.items.map(({ collaboration_count }) => collaboration_count);
    expect(counts[0]).toBeGreaterThan(4);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('changes nothing the second time', async () => {
    const before = lines.length;
    expect(await seedDemoCampus({ platform: app.platform, onProgress: (line) => lines.push(line) })).toBe(true);
    expect(lines).toHaveLength(before);
    expect((await app.platform.calls('projects.count', {})).total).toBe(80);
  });
});

describe('loading that was cut off', () => {
  it('is continued, and every person, project and request is there once', async () => {
    const other = await startTestApp({ work: false });
    try {
      // Each time the process ends in the middle of another step: when it has made so many calls of that name.
      for (const [cutAt, after] of [
        ['accounts.getMember', 100],
        ['profiles.getCards', 0],
        ['projects.getProject', 20],
        ['projects.listProjects', 0],
        ['profiles.listCandidates', 0],
      ] as const) {
        let made = 0;
        const calls: typeof other.platform.calls = async (name, input) => {
          if (name === cutAt && made++ >= after) throw new Error(`cut off in ${name}`);
          return other.platform.calls(name, input);
        };
        await expect(seedDemoCampus({ platform: { ...other.platform, calls } })).rejects.toThrow('cut off');
      }
      expect(await seedDemoCampus({ platform: other.platform })).toBe(true);
      const { rows } = await other.db.execute(sql`
        SELECT (SELECT count(*) FROM accounts.users) AS users, (SELECT count(*) FROM projects.projects) AS projects,
          (SELECT count(*) FROM collaborations.requests) > 250 AS has_requests`);
      expect(rows[0]).toEqual({ users: 303, projects: 80, has_requests: true });
    } finally {
      await other.close();
    }
  }, 120_000);
});

describe('a database with people of its own', () => {
  it('is left alone', async () => {
    const real = await startTestApp();
    try {
      await real.member();
      await real.settled();
      expect(await seedDemoCampus({ platform: real.platform })).toBe(false);
      expect((await real.platform.calls('projects.count', {})).total).toBe(0);
    } finally {
      await real.close();
    }
  });
});
