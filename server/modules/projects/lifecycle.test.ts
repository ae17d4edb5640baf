import { type ProjectStatus, projectTransitions } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { blankProject, changeProject } from './changes.ts';
import { projectJobs } from './jobs.ts';
import { post, postProject, refusal } from './test-projects.ts';

const states = Object.keys(projectTransitions) as ProjectStatus[];
const DAY = 86_400_000;
/** What may be asked for: a project expires by the job alone. */
const movesFrom = (from: ProjectStatus): readonly ProjectStatus[] =>
  projectTransitions[from].filter((to) => to !== 'expired');

let app: TestApp;
let ada: TestMember;
let admin: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  [ada, admin] = await Promise.all([app.member(), app.member({ role: 'admin' })]);
});
afterAll(() => app.close());

const inState = async (status: ProjectStatus) => {
  const { id } = await postProject(app, ada);
  await app.db.execute(sql`UPDATE projects.projects SET status = ${status} WHERE id = ${id}`);
  return id;
};
const move = (id: number, status: ProjectStatus) =>
  app.request('PUT /projects/{id}', { as: ada, params: { id }, body: { status } });

describe('moves', () => {
  for (const from of states) {
    test(`from ${from}: ${movesFrom(from).join(', ') || 'none'}, for the owner and for an admin`, async () => {
      for (const to of states) {
        const legal = from === to || movesFrom(from).includes(to);
        const mine = await move(await inState(from), to);
        expect(legal ? mine.body.status : refusal(mine), `${from} to ${to}`).toEqual(
          legal ? to : { status: 409, code: 'illegal_transition' },
        );
        const id = await inState(from);
        const moved = await app.request('PUT /admin/projects/{id}/update-status', {
          as: admin,
          params: { id },
          body: { status: to },
        });
        expect(legal ? moved.body : refusal(moved), `${from} to ${to} by an admin`).toEqual(
          legal ? { success: true, project: { id, status: to } } : { status: 409, code: 'illegal_transition' },
        );
      }
    });
  }

  test('no walk ever leaves the table, and an open project always has an end to come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ to: fc.constantFrom(...states), days: fc.integer({ min: 0, max: 90 }) })),
        (walk) => {
          let now = Date.UTC(2026, 0, 1);
          let state = changeProject(blankProject, post({ status: 'draft' }), new Date(now));
          for (const { to, days } of walk) {
            now += days * DAY;
            const legal = to === state.status || movesFrom(state.status).includes(to);
            const step = () => changeProject(state, { status: to }, new Date(now));
            if (!legal) {
              expect(step).toThrow(expect.objectContaining({ code: 'illegal_transition' }));
              continue;
            }
            const opens = to === 'open' && state.status !== 'open';
            state = step();
            expect(state.status).toBe(to);
            if (opens) expect(Date.parse(state.expires_at ?? '')).toBeGreaterThan(now);
          }
        },
      ),
    );
  });

  test('nobody asks for expiry, and the refusal does not offer it', async () => {
    const answer = await move(await inState('open'), 'expired');
    expect(refusal(answer)).toEqual({ status: 409, code: 'illegal_transition' });
    expect(answer.body).toMatchObject({
      detail:
        'A project that is open cannot become expired. From here it can become in_progress or completed or cancelled.',
    });
  });

  test('a draft may be vague; opening it needs a description', async () => {
    const draft = await postProject(app, ada, { description: '', status: 'draft' });
    expect(draft).toMatchObject({ status: 'draft', expires_at: null });
    expect(refusal(await move(draft.id, 'open'))).toMatchObject({ status: 422, paths: ['/description'] });
    const opened = await app.request('PUT /projects/{id}', {
      as: ada,
      params: { id: draft.id },
      body: { status: 'open', description: 'All of it.' },
    });
    expect(Date.parse(opened.body.expires_at ?? '') - Date.parse(opened.body.updated_at)).toBe(60 * DAY);
  });

  test('an admin’s move is in the audit log', async () => {
    const { id } = await postProject(app, ada);
    await app.request('PUT /admin/projects/{id}/update-status', {
      as: admin,
      params: { id },
      body: { status: 'cancelled', reason: 'Spam' },
    });
    await app.settled();
    const log = await app.request('GET /admin/audit', { as: admin, query: { limit: 1 } });
    expect(log.body.items[0]).toMatchObject({
      action: 'project.status',
      target: `project:${id}`,
      detail: { from: 'open', to: 'cancelled', reason: 'Spam' },
    });
  });

  test('others can neither move nor list all', async () => {
    const { id } = await postProject(app, ada);
    const body = { status: 'cancelled' as const };
    for (const [as, status] of [
      [null, 401],
      [ada, 403],
    ] as const) {
      expect((await app.request('PUT /admin/projects/{id}/update-status', { as, params: { id }, body })).status).toBe(
        status,
      );
      expect((await app.request('GET /admin/projects', { as })).status).toBe(status);
    }
  });
});

describe('expiry', () => {
  const run = async () => {
    await app.platform.jobs.send(app.db, 'projects.expire', {});
    await app.settled();
  };
  const endsIn = async (id: number, interval: string) => {
    await app.db.execute(sql`UPDATE projects.projects SET expires_at = now() + ${interval}::interval WHERE id = ${id}`);
  };
  const read = async (id: number) => (await app.request('GET /projects/{id}', { as: ada, params: { id } })).body;
  const warnedAt = async (id: number) =>
    (await app.db.execute<{ warned_at: string | null }>(sql`SELECT warned_at FROM projects.projects WHERE id = ${id}`))
      .rows[0]?.warned_at;

  test('an open project expires when its time has come, once, and can be opened again', async () => {
    const due = await postProject(app, ada);
    const later = await postProject(app, ada);
    const running = await inState('in_progress');
    await endsIn(due.id, '-1 second');
    await endsIn(running, '-1 second');
    await run();
    await run();
    expect(await read(due.id)).toMatchObject({ status: 'expired', version: 2 });
    expect(await read(later.id)).toMatchObject({ status: 'open', version: 1 });
    expect(await read(running)).toMatchObject({ status: 'in_progress' });
    const { body } = await move(due.id, 'open');
    expect(Date.parse(body.expires_at ?? '')).toBeGreaterThan(Date.now() + 59 * DAY);
  });

  test('the owner is warned a week before, once; a later end brings another warning', async () => {
    const { id } = await postProject(app, ada);
    await run();
    expect(await warnedAt(id)).toBeNull();
    await endsIn(id, '6 days 23 hours');
    await run();
    const first = await warnedAt(id);
    expect(first).not.toBeNull();
    await run();
    expect(await warnedAt(id)).toBe(first);
    const expires_at = new Date(Date.now() + 30 * DAY).toISOString();
    await app.request('PUT /projects/{id}', { as: ada, params: { id }, body: { expires_at } });
    expect(await warnedAt(id)).toBeNull();
  });

  test('more than one batch expires in one run, also when two runs meet', async () => {
    await app.db.execute(sql`
      INSERT INTO projects.projects (owner_id, title, description, status, visibility, expires_at)
      SELECT ${ada.id}, 'Old ' || n, 'Text', 'open', 'public', now() - interval '1 day' FROM generate_series(1, 230) n`);
    const expire = () => projectJobs(app.platform)['projects.expire']?.({}, { signal: new AbortController().signal });
    await Promise.all([expire(), expire()]);
    const { rows } = await app.db.execute(sql`
      SELECT status, version, count(*) FROM projects.projects WHERE title LIKE 'Old %' GROUP BY 1, 2`);
    expect(rows).toEqual([{ status: 'expired', version: 2, count: 230 }]);
  });
});
