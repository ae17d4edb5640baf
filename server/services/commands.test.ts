/** Commands that work beside a running product, run as people run them. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertDemoAccounts } from '../modules/accounts/index.ts';
import { startTestApp, type TestApp } from '../platform/testing/test-app.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const npmRun = (script: string, args: string[], env: Record<string, string> = {}) =>
  run('npm', ['run', '--silent', script, '--', ...args], { cwd: root, env: { ...process.env, ...env } });

it('npm run reindex finds again what the index has lost, and opens conversations that are missing', {
  timeout: 120_000,
}, async () => {
  const owner = await app.member();
  await app.request('POST /projects', {
    as: owner,
    body: { title: 'Kelp census', description: 'Counting kelp.', required_skills: [] },
  });
  await app.settled();
  const friend = await app.member();
  await app.request('POST /collaborations', { as: friend, body: { receiver_id: owner.id } });
  await app.settled();
  await app.db.execute(sql`TRUNCATE discovery.project_documents CASCADE`);
  await app.db.execute(sql`TRUNCATE conversations.conversations CASCADE`);
  const search = async () => (await app.request('GET /search-advanced/projects', { query: { q: 'kelp' } })).body.total;
  expect(await search()).toBe(0);

  await npmRun('reindex', [], { DATABASE_URL: app.databaseUrl });
  await app.settled();
  expect(await search()).toBe(1);
  expect((await app.request('GET /conversations', { as: friend })).body.items).toHaveLength(1);
});

it('npm run jobs lists, redrives and discards what was given up', { timeout: 240_000 }, async () => {
  const enqueue = () =>
    app.db.execute(sql`
      INSERT INTO pgboss.job (name, data, dead_letter)
      VALUES ('discovery.index_profile', '{"profile": 1}', 'dead-letters')`);
  const env = { DATABASE_URL: app.databaseUrl };
  const list = async () => {
    const { stdout } = await npmRun('jobs', ['list'], env);
    const lines = stdout.trim().split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as { id?: string; queue?: string }).filter(({ id }) => id);
  };
  await enqueue();
  await expect.poll(list, { timeout: 60_000 }).toHaveLength(1);
  const redriven = await npmRun('jobs', ['redrive', 'discovery.index_profile'], env);
  expect(redriven.stdout).toBe('Redriven: 1\n');
  await app.settled();
  const [letter] = await list();
  expect(letter).toMatchObject({ queue: 'discovery.index_profile' });
  await npmRun('jobs', ['discard', letter?.id ?? ''], env);
  expect(await list()).toEqual([]);
  await expect(npmRun('jobs', ['discard', letter?.id ?? ''], env)).rejects.toMatchObject({ code: 1 });
});

it('npm run load prints one line, and fails on errors', { timeout: 120_000 }, async () => {
  const load = () => npmRun('load', ['--url', app.url, '--users', '2', '--seconds', '1']);
  await expect(load()).rejects.toMatchObject({ code: 1 });

  await insertDemoAccounts(app.platform, [
    { username: 'test_user', email: 'test@example.org', password: 'test_password' },
  ]);
  const { stdout } = await load();
  expect(JSON.parse(stdout)).toMatchObject({ bench: 'load', users: 2, errors: { total: 0 } });
});
