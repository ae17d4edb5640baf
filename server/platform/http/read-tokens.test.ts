/** Own writes are read from wherever one asks: two processes of the product over replicas whose replay stands still. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testConfig } from '../config/test-config.ts';
import { createService, type Service } from '../service.ts';
import { loadModules } from '../testing/modules.ts';
import { TEST_PASSWORD } from '../testing/test-app.ts';
import { TEST_POOL } from '../testing/test-database.ts';
import { type ReplicatedDatabase, startReplicatedDatabase } from '../testing/test-replicas.ts';

let database: ReplicatedDatabase;
let services: Service[];
let urls: string[];
let headers: Record<string, string>;
let post = 0;

beforeAll(async () => {
  database = await startReplicatedDatabase();
  // What is cached for visitors is never read behind the primary.
  const config = testConfig({ cache: { megabytes: 0 } });
  const modules = await loadModules();
  const start = () =>
    createService({
      config,
      databaseUrl: database.url,
      replicaUrls: database.replicas.map(({ url }) => url),
      modules,
      poolLimits: TEST_POOL,
    });
  services = [await start(), await start()];
  urls = [];
  for (const service of services) urls.push(await service.listen());
  const json = { 'content-type': 'application/json' };
  const send = (path: string, body: object) =>
    fetch(`${urls[0]}/api/v1${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  await send('/auth/register', { email: 'ada@example.org', username: 'ada', password: TEST_PASSWORD });
  const { access_token } = (await (await send('/auth/login', { username: 'ada', password: TEST_PASSWORD })).json()) as {
    access_token: string;
  };
  headers = { ...json, authorization: `Bearer ${access_token}` };
});
afterAll(async () => {
  for (const service of services) await service.stop();
  await database.close();
});
beforeEach(async () => {
  for (const replica of database.replicas) await replica.pause();
});

/** Posts a project to the first process. @returns its id, and what the answer gave to bring along */
async function write() {
  post += 1;
  const body = { title: `Project ${post}`, description: 'Says what is new.', required_skills: [] };
  const answer = await fetch(`${urls[0]}/api/v1/projects`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: number };
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('read-after=')) ?? '';
  return { id, token: answer.headers.get('read-after') ?? '', cookie };
}
const read = async (process: number, id: number, more: Record<string, string> = {}) =>
  (await fetch(`${urls[process]}/api/v1/projects/${id}`, { headers: { ...headers, ...more } })).status;

it('the process that wrote knows, without being told', async () => {
  const { id } = await write();
  expect(await read(0, id)).toBe(200);
});

it('another process is told by the header, or by a cookie that scripts cannot read', async () => {
  const { id, token, cookie } = await write();
  expect(cookie).toMatch(/; HttpOnly/);
  expect(await read(1, id, { 'read-after': token })).toBe(200);
  const { id: next, cookie: given } = await write();
  expect(await read(1, next, { cookie: given.split(';')[0] ?? '' })).toBe(200);
});

it('a token that was tampered with is ignored', async () => {
  const { id, token } = await write();
  const forged = `${token[0] === '2' ? '3' : '2'}${token.slice(1)}`;
  const { platform } = services[1] as Service;
  const answer = await fetch(`${urls[1]}/api/v1/projects/${id}`, { headers: { 'read-after': forged } });
  expect(answer.status).toBe(404);
  expect((await fetch(`${urls[1]}/api/v1/projects/${id}`, { headers: { 'read-after': token } })).status).toBe(200);
  expect(await platform.metrics.registry.metrics()).toMatch(/database_reads_total\{host="primary",reason="token"\}/);
});

it('who has written nothing is given nothing to bring along', async () => {
  const answer = await fetch(`${urls[1]}/api/v1/projects`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('read-after')).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual([]);
});
