/** What one member may write, through two services on one database. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { type Crew, crew, type Person } from '../../platform/testing/people.ts';
import { type SecondService, startBeside, startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { TEST_POOL } from '../../platform/testing/test-database.ts';
import { outcome, read, send, waiting } from './test-conversations.ts';

/** At once, and each second after that. */
const BURST = 60;
const PER_SECOND = 2;

let app: TestApp;
let other: SecondService;
let urls: string[];
let people: Crew;

beforeAll(async () => {
  app = await startTestApp({ config: { http: { ...testConfig().http, rateLimits: true } } });
  other = await startBeside(app, { ...TEST_POOL, queue: 2000 });
  urls = [app.url, other.url];
  people = await crew(app);
});
afterAll(async () => {
  await other?.stop();
  await app?.close();
});

/** Through the one and the other service by turns. */
const sendTo = (as: Person, id: number, n: number, text: string, client_id: string = randomUUID()) =>
  fetch(`${urls[n % 2]}/api/v1/conversations/${id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_id, text }),
  });

async function everything(as: Person, id: number): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { body } = await read(app, as, id, { after, limit: 100 });
    texts.push(...body.items.map(({ text }) => text));
    after = body.newer;
  }
  return texts;
}

test('a thousand messages at once: as many as one may are there once, the others are told when to come back', async () => {
  const { owner, ada } = people;
  const { id } = await waiting(app, owner, ada);
  const begun = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 1000 }, async (_, n) => ({ n, answer: await sendTo(ada, id, n, `${n}`) })),
  );
  const seconds = (performance.now() - begun) / 1000;
  const accepted = answers.filter(({ answer }) => answer.status === 201).map(({ n }) => `${n}`);
  const refused = answers.filter(({ answer }) => answer.status === 429);
  expect(accepted.length + refused.length).toBe(1000);
  expect(accepted.length).toBeGreaterThanOrEqual(BURST);
  expect(accepted.length).toBeLessThanOrEqual(BURST + Math.ceil(seconds * PER_SECOND));
  for (const { answer } of refused) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused[0]?.answer.json()).toMatchObject({ code: 'too_many_requests' });
  const texts = await everything(owner, id);
  expect(texts.toSorted()).toEqual(accepted.toSorted());

  // Others are not held up.
  expect(outcome(await send(app, owner, id, 'Calm down'))).toBe('201');
}, 60_000);

test('who waits as long as they were told gets through', async () => {
  const { owner, bob } = people;
  const { id } = await waiting(app, owner, bob);
  await Promise.all(Array.from({ length: BURST }, (_, n) => sendTo(bob, id, n, `${n}`)));
  let client_id = '';
  let refused: Response;
  do {
    client_id = randomUUID();
    refused = await sendTo(bob, id, 0, 'At last', client_id);
  } while (refused.status === 201);
  expect(refused.status).toBe(429);
  const told = Number(refused.headers.get('retry-after')) * 1000;
  const begun = performance.now();
  await expect.poll(() => performance.now() - begun, { interval: 20 }).toBeGreaterThan(told);
  expect((await sendTo(bob, id, 1, 'At last', client_id)).status).toBe(201);
});

test('typing has a limit too, in each process', async () => {
  const { owner, eve } = people;
  const { id } = await waiting(app, owner, eve);
  const typing = () => app.request('POST /conversations/{id}/typing', { as: eve, params: { id } });
  expect((await Promise.all(Array.from({ length: 20 }, typing))).map(({ status }) => status)).toContain(429);
});
