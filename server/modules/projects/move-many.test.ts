import { type ProjectStatus, projectTransitions } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordStatements } from '../../platform/testing/statements.ts';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { postProject, refusal } from './test-projects.ts';

const states = Object.keys(projectTransitions) as ProjectStatus[];

let app: TestApp;
let ada: TestMember;
let eve: TestMember;
let admin: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  [ada, eve, admin] = await Promise.all([app.member(), app.member(), app.member({ role: 'admin' })]);
});
afterAll(() => app.close());

const move = (as: TestMember, ids: number[], status: ProjectStatus, reason?: string) =>
  app.request('PUT /projects/status', { as, body: { ids, status, ...(reason !== undefined && { reason }) } });
const read = async (id: number, as = ada) => (await app.request('GET /projects/{id}', { as, params: { id } })).body;
const inState = async (status: ProjectStatus) => {
  const { id } = await postProject(app, ada);
  await app.db.execute(sql`
    UPDATE projects.projects SET status = ${status}, expires_at = now() - interval '1 day', warned_at = now() WHERE id = ${id}`);
  return id;
};

test('moves what may go there, and says of the others why they stay', async () => {
  const [open, other, done] = [await postProject(app, ada), await postProject(app, ada), await inState('completed')];
  const gone = await postProject(app, ada);
  await app.request('DELETE /projects/{id}', { as: ada, params: { id: gone.id } });
  const hers = await postProject(app, eve);
  const herDraft = await postProject(app, eve, { status: 'draft' });
  const already = await inState('cancelled');

  const ids = [herDraft.id, open.id, done, gone.id, hers.id, other.id, already, open.id];
  expect((await move(ada, ids, 'cancelled')).body).toEqual({
    status: 'cancelled',
    changed: [open.id, other.id],
    unchanged: [
      // Nobody learns that there is a draft.
      { id: herDraft.id, reason: 'not_found', status: null },
      { id: done, reason: 'illegal_transition', status: 'completed' },
      { id: gone.id, reason: 'not_found', status: null },
      { id: hers.id, reason: 'not_owner', status: 'open' },
      { id: already, reason: 'same_status', status: 'cancelled' },
    ],
  });
  expect(await read(open.id)).toMatchObject({ status: 'cancelled', version: open.version + 1 });
  expect(await read(hers.id)).toMatchObject({ status: 'open', version: hers.version });
});

test('makes of each project what a single move makes of it', async () => {
  for (const to of states) {
    const many = await Promise.all(states.map(inState));
    const { changed } = (await move(ada, many, to)).body;
    for (const [at, from] of states.entries()) {
      const id = await inState(from);
      const single = await app.request('PUT /projects/{id}', { as: ada, params: { id }, body: { status: to } });
      const one = await read(id);
      const oneOfMany = await read(many[at] ?? 0);
      expect(changed.includes(oneOfMany.id), `${from} to ${to}`).toBe(single.status === 200 && from !== to);
      expect(oneOfMany.status).toBe(one.status);
      const isAhead = (time: string | null) => time !== null && Date.parse(time) > Date.now();
      expect(isAhead(oneOfMany.expires_at), `end of ${from} to ${to}`).toBe(isAhead(one.expires_at));
    }
  }
});

test('a draft that says nothing is not opened', async () => {
  const { id } = await postProject(app, ada, { status: 'draft', description: ' \n' });
  expect((await move(ada, [id], 'open')).body.unchanged).toEqual([
    { id, reason: 'description_to_publish', status: 'draft' },
  ]);
});

test('is one statement for however many, and tells of each in the same transaction', async () => {
  const projects = await Promise.all(Array.from({ length: 20 }, () => postProject(app, ada)));
  await app.settled();
  const ids = projects.map(({ id }) => id);
  const statements = await recordStatements(() => move(ada, ids, 'in_progress'));
  expect(statements.filter(({ text }) => /UPDATE projects\.projects/.test(text))).toHaveLength(1);
  await app.settled();
  const { rows } = await app.db.execute<{ project_id: number }>(sql`
    SELECT project_id FROM discovery.project_documents
    WHERE status = 'in_progress' AND project_id = ANY (${sql.param(ids)}::bigint[]) ORDER BY project_id`);
  expect(rows.map(({ project_id }) => project_id)).toEqual(ids.toSorted((one, other) => one - other));
});

test('of two who move the same projects at once, each is moved by one', async () => {
  const ids = (await Promise.all(Array.from({ length: 8 }, () => postProject(app, ada)))).map(({ id }) => id);
  const [one, other] = await Promise.all([move(ada, ids, 'cancelled'), move(ada, ids.toReversed(), 'cancelled')]);
  expect([...one.body.changed, ...other.body.changed].toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
  expect((await Promise.all(ids.map((id) => read(id)))).map(({ version }) => version)).toEqual(ids.map(() => 2));
});

test('an admin moves what is others’, and the log has each of them', async () => {
  const { id } = await postProject(app, ada);
  expect((await move(admin, [id], 'cancelled', 'Spam')).body.changed).toEqual([id]);
  await app.settled();
  const log = await app.request('GET /admin/audit', { as: admin, query: { limit: 1 } });
  expect(log.body.items[0]).toMatchObject({
    action: 'project.status',
    target: `project:${id}`,
    detail: { from: 'open', to: 'cancelled', reason: 'Spam' },
  });
});

test('takes between one and a hundred', async () => {
  expect(refusal(await move(ada, [], 'open'))).toMatchObject({ status: 422, paths: ['/ids'] });
  const tooMany = Array.from({ length: 101 }, (_, at) => at + 1);
  expect(refusal(await move(ada, tooMany, 'open'))).toMatchObject({ status: 422, paths: ['/ids'] });
});
