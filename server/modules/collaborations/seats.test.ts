import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { crew, type Person, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { accept, outcome, projectWithRole, sent, team } from './test-teams.ts';

let app: TestApp;
let owner: Person;
let crowd: Person[];

// Hundreds of requests on a small machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  // Answers stand on the ledger alone: it is right though no event is ever delivered.
  app = await startTestApp({ work: false, poolLimits: { kept: 0, burst: 25, queue: 500 } });
  ({ owner } = await crew(app));
  crowd = await people(app, 50);
});
afterAll(() => app.close());

test.each([1, 3])('50 people who accept at once never overfill %d seats', async (seats) => {
  const { id, role_id } = await projectWithRole(app, owner, seats);
  const invitations = await Promise.all(
    crowd.map(async (person) => ({
      person,
      request: await sent(app, owner, { receiver_id: person.id, project_id: id, role_id }),
    })),
  );
  const answers = await Promise.all(invitations.map(({ person, request }) => accept(app, person, request)));
  expect(answers.map(outcome).sort()).toEqual([
    ...Array.from({ length: seats }, () => '200'),
    ...Array.from({ length: 50 - seats }, () => '409 role_full'),
  ]);
  expect(await team(app, id)).toMatchObject({ members: { length: seats + 1 }, roles: [{ seats, taken: seats }] });
});

test('an owner who accepts 50 applications at once never overfills 3 seats', async () => {
  const { id, role_id } = await projectWithRole(app, owner, 3);
  const requests = await Promise.all(
    crowd.map((person) => sent(app, person, { receiver_id: owner.id, project_id: id, role_id })),
  );
  const answers = await Promise.all(requests.map((request) => accept(app, owner, request)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
  expect(await team(app, id)).toMatchObject({ members: { length: 4 }, roles: [{ taken: 3 }] });
  const { rows } = await app.db.execute(sql`
    SELECT status, reason, count(*) FROM collaborations.requests WHERE project_id = ${id} GROUP BY 1, 2 ORDER BY 1`);
  expect(rows).toEqual([
    { status: 'accepted', reason: null, count: 3 },
    { status: 'rejected', reason: 'role_filled', count: 47 },
  ]);
});

type Step = { kind: 'accept' | 'leave' | 'remove'; who: number } | { kind: 'resize'; seats: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('accept' as const), who: fc.nat(5) }) },
  fc.record({ kind: fc.constantFrom('leave' as const, 'remove' as const), who: fc.nat(5) }),
  fc.record({ kind: fc.constant('resize' as const), seats: fc.integer({ min: 1, max: 4 }) }),
);

test('however answers, departures and changes of seats interleave, the ledger is the team', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      async (seats, rounds) => {
        const { id, role_id } = await projectWithRole(app, owner, seats);
        const group = crowd.slice(0, 6);
        const invite = (person: Person) =>
          app.request('POST /collaborations', { as: owner, body: { receiver_id: person.id, project_id: id, role_id } });
        const pending = await Promise.all(group.map(async (person) => (await invite(person)).body.id));
        const take = async (one: Step) => {
          const person = one.kind === 'resize' ? owner : (group[one.who] ?? owner);
          if (one.kind === 'accept') return accept(app, person, pending[one.who] ?? 0);
          if (one.kind === 'resize') {
            const body = { roles: [{ id: role_id, name: 'Maker', seats: one.seats }] };
            return app.request('PUT /projects/{id}', { as: owner, params: { id }, body });
          }
          const as = one.kind === 'leave' ? person : owner;
          const gone = await app.request('DELETE /projects/{id}/members/{user_id}', {
            as,
            params: { id, user_id: person.id },
          });
          // Who left may be asked again.
          if (gone.status === 204) pending[one.who] = (await invite(person)).body.id ?? pending[one.who] ?? 0;
          return gone;
        };
        let before = new Set<number>();
        for (const round of rounds) {
          const answers = await Promise.all(round.map(take));
          for (const answer of answers) expect(answer.status).toBeLessThan(500);
          const { members, roles } = await team(app, id);
          const held = new Set(members.filter((member) => !member.is_owner).map((member) => member.person.user_id));
          expect(roles[0]?.taken).toBe(held.size);
          // Fewer seats than members come of a resize alone; nobody joins a role without a free seat.
          const joined = [...held].some((who) => !before.has(who));
          if (joined && !round.some((one) => one.kind === 'resize'))
            expect(held.size).toBeLessThanOrEqual(roles[0]?.seats ?? 0);
          before = held;
        }
      },
    ),
    { numRuns: 12 },
  );
});
