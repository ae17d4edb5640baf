/** Every POST that creates: sent again with the same key it gives the first answer, and creates nothing. */
import { randomUUID } from 'node:crypto';
import type { RouteKey, RouteSpec } from '@collabthon/contracts/contract';
import { routes } from '@collabthon/contracts/index';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../platform/testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const project = { title: 'Tide clock', description: 'A clock that shows the tide.', required_skills: ['C'] };

/** What each route is sent, by whom; any body does that creates something. */
const wishes: Partial<Record<RouteKey, () => Promise<{ as: TestMember; body: object; id?: number }>>> = {
  'POST /projects': async () => ({ as: await app.member(), body: project }),
  'POST /collaborations': async () => ({ as: await app.member(), body: { receiver_id: (await app.member()).id } }),
  'POST /conversations/{id}/messages': async () => ({
    ...(await conversation()),
    body: { client_id: randomUUID(), text: 'Shall we?' },
  }),
  'POST /users/me/profile': async () => ({
    as: await app.member(),
    body: { first_name: 'Ada', last_name: 'Berg', college: 'Harbour', major: 'Design', year: 2 },
  }),
  'POST /admin/skills': async () => ({ as: await app.member({ role: 'admin' }), body: { name: 'Glass blowing' } }),
  'POST /admin/reports': async () => ({
    as: await app.member({ role: 'admin' }),
    body: { kind: 'activity', from: '2026-01-01', to: '2026-01-31' },
  }),
  'POST /admin/college-domains': async () => ({
    as: await app.member({ role: 'admin' }),
    body: { domain: 'tide.example', college: 'Tide College', kind: 'student' },
  }),
};

/** The conversation of a request that waits, and who sent it. */
async function conversation(): Promise<{ as: TestMember; id: number }> {
  const [as, receiver] = [await app.member(), await app.member()];
  await app.request('POST /collaborations', { as, body: { receiver_id: receiver.id } });
  await app.settled();
  const { body } = await app.request('GET /conversations', { as });
  return { as, id: body.items[0]?.id ?? 0 };
}

const creating = (Object.entries(routes) as [RouteKey, RouteSpec][])
  .filter(([key, { status, access }]) => key.startsWith('POST ') && status === 201 && access !== 'public')
  .map(([key]) => key);

async function post(key: RouteKey, as: TestMember, body: object, idempotencyKey: string, id = 0) {
  const answer = await app.fetch(`/api/v1${key.slice('POST '.length).replace('{id}', String(id))}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${as.token}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    text: await answer.text(),
    isReplayed: answer.headers.get('idempotent-replayed') === 'true',
  };
}

it.each(creating)('%s', async (key) => {
  const wish = await wishes[key]?.();
  if (!wish) throw new Error(`Say in this file what ${key} is sent.`);
  const { as, body, id } = wish;
  const name = randomUUID();
  // At once, as by a network that repeats itself, and once more later.
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(key, as, body, name, id)));
  answers.push(await post(key, as, body, name, id));
  const [first] = answers;
  for (const { status, text } of answers) expect([status, text]).toEqual([201, first?.text]);
  expect(answers.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
});

describe('a key', () => {
  it('creates one thing', async () => {
    const owner = await app.member();
    for (let time = 0; time < 3; time++) await post('POST /projects', owner, project, 'mine');
    const { body } = await app.request('GET /projects/my/projects', { as: owner });
    expect(body).toHaveLength(1);
  });

  it('is refused for another wish', async () => {
    const owner = await app.member();
    await post('POST /projects', owner, project, 'one');
    const other = await post('POST /projects', owner, { ...project, title: 'Moon clock' }, 'one');
    expect([other.status, JSON.parse(other.text).code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('is its member’s own', async () => {
    const [one, other] = [await app.member(), await app.member()];
    const [first, second] = [
      await post('POST /projects', one, project, 'same'),
      await post('POST /projects', other, project, 'same'),
    ];
    expect(JSON.parse(second.text).id).not.toBe(JSON.parse(first.text).id);
  });

  it('of a refused wish may be used again', async () => {
    const owner = await app.member();
    expect((await post('POST /projects', owner, { ...project, title: '' }, 'again')).status).toBe(422);
    expect((await post('POST /projects', owner, project, 'again')).status).toBe(201);
  });

  it.each(['', 'two words', 'x'.repeat(256)])('%j is no key', async (key) => {
    const owner = await app.member();
    const answer = await post('POST /projects', owner, project, key);
    expect([answer.status, JSON.parse(answer.text).errors[0].path]).toEqual([422, '/headers/idempotency-key']);
  });
});
