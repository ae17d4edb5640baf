/** `npm run service`: the services of the platform as real processes, each on its own port, database and key. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type ServiceName, services } from '@collabthon/contracts/services';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { spawnEntry, untilServing } from '../platform/testing/server-process.ts';
import { TEST_PASSWORD } from '../platform/testing/test-app.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/test-database.ts';
import { freePort } from './port.ts';

// A start is the work of seconds, and of many on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 120_000 });

const entry = 'server/services/service.ts';
const names = Object.keys(services) as ServiceName[];
const started: ChildProcess[] = [];
const databases = new Map<string, TestDatabase>();
const urls = new Map<string, string>();
let dataDir = '';

async function start(name: ServiceName): Promise<ChildProcess> {
  const url = new URL(urls.get(name) ?? '');
  const others = names.filter((other) => other !== name).map((other) => `${other}=${urls.get(other)}`);
  const child = spawnEntry(
    [name, '--port', url.port, '--data-dir', dataDir, '--peers', others.join(',')],
    { DATABASE_URL: databases.get(name)?.url ?? '' },
    entry,
  );
  started.push(child);
  await untilServing(child);
  return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  const exit = once(child, 'exit');
  child.kill(signal);
  return exit;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'collabthon apart '));
  for (const name of names) {
    databases.set(name, await createTestDatabase({ template: false }));
    urls.set(name, `http://127.0.0.1:${await freePort('127.0.0.1', 0)}`);
  }
});
afterAll(async () => {
  const alive = started.filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(alive.map((child) => end(child, 'SIGTERM')));
  for (const database of databases.values()) await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const api = async (service: ServiceName, path: string, { method = 'GET', body, headers = {} }: Asked = {}) => {
  const answer = await fetch(`${urls.get(service)}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  return { status: answer.status, headers: answer.headers, body: said === '' ? null : JSON.parse(said) };
};
interface Asked {
  method?: string;
  body?: object;
  headers?: Record<string, string>;
}

it('two processes and two databases are one platform, also when one of them is killed', async () => {
  const [user, project] = [await start('user'), await start('project')];
  const ada = { username: 'ada', email: 'ada@example.org', password: TEST_PASSWORD };
  expect((await api('user', '/auth/register', { method: 'POST', body: ada })).status).toBe(201);
  const login = await api('user', '/auth/login', { method: 'POST', body: ada });
  const { access_token } = login.body;
  const bearer = { authorization: `Bearer ${access_token}` };
  const rename = (first_name: string) =>
    api('user', '/users/me/profile', { method: 'PUT', body: { first_name, last_name: 'Berg' }, headers: bearer });
  expect((await rename('Ada')).status).toBe(200);

  // A token that one service signs is good for the other; the person behind it is asked for there.
  const body = {
    title: 'Tide clock',
    description: 'A clock that shows the tide.',
    required_skills: ['C', 'Soldering'],
  };
  const posted = await api('project', '/projects', { method: 'POST', body, headers: bearer });
  expect(posted.status, JSON.stringify(posted.body)).toBe(201);
  const owner = async () => (await api('project', `/projects/${posted.body.id}`)).body.owner.name;
  await vi.waitFor(async () => expect(await owner()).toBe('Ada Berg'), { timeout: 10_000 });

  // So is the cookie of a browser, which only one of them can look up.
  const session = await api('user', '/auth/browser-session', { method: 'POST', body: ada });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const mine = await api('project', '/projects/my/projects', { headers: { cookie } });
  expect([mine.status, mine.body.length]).toEqual([200, 1]);

  // What was acknowledged while the other was dead arrives when it lives again.
  await end(project, 'SIGKILL');
  expect((await rename('Augusta')).status).toBe(200);
  const again = await start('project');
  await vi.waitFor(async () => expect(await owner()).toBe('Augusta Berg'), { timeout: 60_000, interval: 200 });

  // A session that ends in one is refused by the other, cookie and token.
  expect((await api('user', '/auth/logout-everywhere', { method: 'POST', headers: bearer })).status).toBe(204);
  const refused = async (headers: Record<string, string>) =>
    (await api('project', '/projects/my/projects', { headers })).status;
  await vi.waitFor(async () => expect([await refused(bearer), await refused({ cookie })]).toEqual([401, 401]), {
    timeout: 10_000,
  });

  // What needs the other while it is away says so, and the rest goes on.
  await end(user, 'SIGTERM');
  expect((await api('project', `/projects/${posted.body.id}`)).status).toBe(200);
  const away = await api('project', '/projects/my/projects', { headers: { cookie: cookie.replace(/=.*/, '=other') } });
  expect([away.status, away.body.code]).toEqual([503, 'unavailable']);
  expect(await end(again, 'SIGTERM')).toEqual([0, null]);

  const keys = names.map((name) => readFileSync(join(dataDir, name, 'signing-key.json'), 'utf8'));
  expect(new Set(keys).size).toBe(names.length);
});

it('says what it was not told', async () => {
  const run = async (...args: string[]) => {
    const child = spawnEntry(args, { DATA_DIR: dataDir }, entry);
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    return { code, stderr };
  };
  expect(await run()).toEqual({ code: 1, stderr: 'Say which service: user, project.\n' });
  expect(await run('user')).toEqual({
    code: 1,
    stderr: 'The service user does not know where project is: --peers project=http://localhost:8002\n',
  });
  expect((await run('user', '--peers', 'project=nowhere')).stderr).toContain('PEERS: "nowhere" is not an address');
});
