/** What an admin sees of sagas, and does about those that are parked. */
import { Shape } from '@collabthon/contracts/shapes';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { defineModule } from '../../platform/module.ts';
import { defineSaga } from '../../platform/saga/define.ts';
import { loadModules } from '../../platform/testing/modules.ts';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let isBroken = true;
const trip = defineSaga('trial.trip', Shape({ n: Type.Integer() }))
  .pivot('payment', { do: async ({ input }) => ({ paid: input.n }) })
  .step('ticket', {
    retry: { attempts: 1 },
    do: async () => {
      if (isBroken) throw new Error('The printer is on fire.');
    },
  })
  .end();
const trial = defineModule({ name: 'trial', mount: () => ({ sagas: [trip] }) });

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp({ modules: [...(await loadModules()), trial] });
  admin = await app.member({ role: 'admin' });
  for (const n of [1, 2, 3]) {
    await app.db.transaction((tx) => app.platform.sagas.start(tx, trip, { n }, { key: `trip ${n}` }));
  }
  await vi.waitFor(async () => expect((await app.platform.sagas.counts()).parked).toBe(3), { timeout: 20_000 });
}, 60_000);
afterAll(() => app.close());

const list = (query: object = {}) => app.request('GET /admin/sagas', { as: admin, query });

it('lists them by state, page by page', async () => {
  const first = (await list({ state: 'parked', limit: 2 })).body;
  expect(first).toMatchObject({ total: 3, counts: { parked: 3, running: 0, completed: 0 } });
  expect(first.items[0]).toMatchObject({
    name: 'trial.trip',
    key: 'trip 3',
    state: 'parked',
    step: 'ticket',
    is_undoing: false,
    error: 'ticket: The printer is on fire.',
  });
  const second = (await list({ state: 'parked', limit: 2, cursor: first.next_cursor })).body;
  expect([...first.items, ...second.items].map(({ key }) => key)).toEqual(['trip 3', 'trip 2', 'trip 1']);
  expect(second.next_cursor).toBeNull();
  expect((await list({ state: 'waiting' })).body.items).toEqual([]);
  expect((await list({ cursor: 'nonsense' })).status).toBe(422);
});

it('shows one with its steps', async () => {
  const [saga] = (await list()).body.items;
  const { body } = await app.request('GET /admin/sagas/{id}', { as: admin, params: { id: saga?.id ?? 0 } });
  expect(body).toMatchObject({ id: saga?.id, input: { n: 3 } });
  expect(body.steps).toMatchObject([
    { name: 'payment', state: 'done', attempts: 1, result: { paid: 3 } },
    { name: 'ticket', state: 'intended', attempts: 1, ended_at: null },
  ]);
  const none = await app.request('GET /admin/sagas/{id}', { as: admin, params: { id: 999_999 } });
  expect(none.body).toMatchObject({ code: 'not_found', params: { what: 'saga' } });
});

it('resumes a parked one, with an entry in the audit log', async () => {
  isBroken = false;
  const id = (await list()).body.items[0]?.id ?? 0;
  const resume = (of: number) => app.request('POST /admin/sagas/{id}/resume', { as: admin, params: { id: of } });
  expect((await resume(id)).status).toBe(204);
  await vi.waitFor(async () => expect((await app.platform.sagas.find(id))?.state).toBe('completed'), {
    timeout: 20_000,
  });
  expect((await resume(id)).body).toMatchObject({ code: 'saga_not_parked' });
  expect((await resume(999_999)).status).toBe(404);
  await app.settled();
  const audit = await app.request('GET /admin/audit', { as: admin, query: { target: `saga/${id}` } });
  expect(audit.body.items).toMatchObject([
    { action: 'saga.resumed', actor_id: admin.id, detail: { name: 'trial.trip' } },
  ]);
});

it('is nobody else’s business', async () => {
  const moderator = await app.member({ role: 'moderator' });
  expect((await app.request('GET /admin/sagas', { as: moderator })).status).toBe(403);
  expect((await app.request('POST /admin/sagas/{id}/resume', { as: moderator, params: { id: 1 } })).status).toBe(403);
});
