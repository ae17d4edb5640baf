/** The rollup that events keep says what the guide's query says over all projects and requests. */
import type { Project } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';

let app: TestApp;
let owner: Person;
let others: Person[];

beforeAll(async () => {
  app = await startTestApp();
  const [first, ...rest] = await people(app, 6, { isVerified: true });
  owner = first as Person;
  others = rest;
});
afterAll(() => app.close());

/** The guide's: open projects of the last days, by how many requests they have. */
async function guide(days: number, limit: number) {
  const { rows } = await app.db.execute<{ id: number; count: number }>(sql`
    SELECT p.id, count(c.id) AS count
    FROM projects.projects p LEFT JOIN collaborations.requests c ON c.project_id = p.id
    WHERE p.status = 'open' AND p.visibility = 'public' AND p.created_at >= now() - make_interval(days => ${days})
    GROUP BY p.id ORDER BY count(c.id) DESC, p.created_at DESC, p.id DESC LIMIT ${limit}`);
  return rows;
}

async function rollup(days: number, limit: number) {
  const { body } = await app.request('GET /projects/trending', { query: { days, limit } });
  return body.items.map(({ id, collaboration_count }) => ({ id, count: collaboration_count }));
}

const post = async (visibility: Project['visibility']) => {
  const answer = await app.request('POST /projects', {
    as: owner,
    body: { title: 'Kite', description: 'A kite to build.', visibility },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
};

const project = fc.record({
  /** Hours; most are of the same two days, where one limits the other. */
  age: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 30 }) }, fc.nat({ max: 20 * 24 })),
  visibility: fc.constantFrom<Project['visibility']>('public', 'public', 'public', 'members'),
  /** Who asks to join, by place; twice is asked once. */
  asking: fc.uniqueArray(fc.nat({ max: 4 })),
  fate: fc.constantFrom('stays', 'stays', 'stays', 'moves', 'moves and comes back', 'goes', 'is withdrawn from'),
});

test('is the same on random projects and requests', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(project, { minLength: 3, maxLength: 8 }), async (projects) => {
      await Promise.all(
        projects.map(async ({ age, visibility, asking, fate }) => {
          const id = await post(visibility);
          for (const place of asking) {
            const as = others[place] as Person;
            const body = { receiver_id: owner.id, project_id: id };
            const asked = await app.request('POST /collaborations', { as, body });
            expect(asked.status, JSON.stringify(asked.body)).toBe(201);
            if (fate === 'is withdrawn from')
              await app.request('DELETE /collaborations/{id}', { as, params: { id: asked.body.id } });
          }
          // Time is not asked for: it has passed.
          await app.db.execute(sql`
            UPDATE projects.projects SET created_at = now() - make_interval(hours => ${age}) WHERE id = ${id}`);
          const move = (status: Project['status']) =>
            app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { status } });
          if (fate === 'goes') await app.request('DELETE /projects/{id}', { as: owner, params: { id } });
          else if (fate === 'stays') await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: {} });
          else await move('in_progress');
          if (fate !== 'moves') await move('open');
        }),
      );
      await app.settled();
      for (const [days, limit] of [
        [1, 100],
        [7, 1],
        [7, 3],
        [7, 100],
        [30, 5],
      ] as const) {
        expect(await rollup(days, limit), `${limit} of ${days} days`).toEqual(await guide(days, limit));
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 120_000);
