/** Posting a project together with invitations, through HTTP; in one service, and in several that run apart. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FORMS, startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { beginProject } from './begin.ts';
import { LIVE_PROJECTS } from './plan.ts';
import { post, refusal } from './test-projects.ts';

let app: TestApp;
let owner: TestMember;
let ada: TestMember;
let bob: TestMember;
/** Where projects are, and the saga that begins them. */
const home = () => app.of('projects');

const begin = (invite: object[], fields: object = {}, headers: Record<string, string> = {}) =>
  app.request('POST /projects', { as: owner, body: { ...post(fields), invite } as never, headers });
const roles = [{ name: 'Maker' }, { name: 'Tester' }];
const mine = async () => (await app.request('GET /projects/my/projects', { as: owner })).body;
const invitations = async () => {
  await vi.waitFor(async () => {
    const { rows } = await home().db.execute(sql`
      SELECT 1 FROM platform.sagas WHERE input->>'user_id' = ${String(owner.id)} AND ended_at IS NULL`);
    expect(rows).toEqual([]);
  });
  return (await app.request('GET /collaborations/sent', { as: owner })).body;
};

describe.each(FORMS)('%s', (form) => {
  beforeAll(async () => {
    app = await startTestApp({ form });
    ada = await app.member();
    bob = await app.member();
  }, 60_000);
  afterAll(() => app.close());
  beforeEach(async () => {
    owner = await app.member();
  });

  it('answers the project at once, and the invitations follow', async () => {
    const answer = await begin([{ user_id: ada.id, role: 1, message: 'Test it with me.' }, { user_id: bob.id }], {
      roles,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({ owner_id: owner.id, title: 'Campus bike map', status: 'open' });
    const sent = await invitations();
    expect(sent.map(({ receiver_id, kind, role, message }) => [receiver_id, kind, role?.name, message])).toEqual(
      expect.arrayContaining([
        [ada.id, 'invitation', 'Tester', 'Test it with me.'],
        [bob.id, 'invitation', undefined, null],
      ]),
    );
    expect(await mine()).toHaveLength(1);
  });

  it('refuses who cannot be invited, and leaves nothing', async () => {
    expect(refusal(await begin([{ user_id: 999_999 }]))).toMatchObject({ status: 422, paths: ['/invite/0/user_id'] });
    expect(refusal(await begin([{ user_id: owner.id }]))).toMatchObject({ paths: ['/invite/0/user_id'] });
    expect(refusal(await begin([{ user_id: ada.id }, { user_id: ada.id }]))).toMatchObject({
      paths: ['/invite/1/user_id'],
    });
    expect(refusal(await begin([{ user_id: ada.id, role: 2 }], { roles }))).toMatchObject({
      paths: ['/invite/0/role'],
    });
    expect(refusal(await begin([{ user_id: ada.id }], { status: 'draft' }))).toMatchObject({ paths: ['/invite'] });
    expect(refusal(await begin([{ user_id: ada.id }], { title: '  ' })).status).toBe(422);
    expect(refusal(await begin(Array.from({ length: 21 }, () => ({ user_id: ada.id }))))).toMatchObject({
      status: 422,
    });
    expect(await mine()).toEqual([]);
  });

  it('creates one project for one wish, however often it is sent', async () => {
    const wish = { 'idempotency-key': 'one-wish' };
    const answers = await Promise.all([1, 2, 3].map(() => begin([{ user_id: ada.id }], {}, wish)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await invitations()).toHaveLength(1);
    expect(await mine()).toHaveLength(1);
  });

  it('has room for so many in a plan, and gives back what has no project', async () => {
    await home().db.execute(sql`
    INSERT INTO projects.plan_seats (key, owner_id)
    SELECT ${owner.id} || ' of ' || n, ${owner.id}::bigint FROM generate_series(2, ${LIVE_PROJECTS}) n`);
    // Of two at once, one finds the last place.
    const answers = await Promise.all([begin([{ user_id: ada.id }]), begin([{ user_id: bob.id }])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(refusal(answers.find(({ status }) => status === 409) ?? answers[0])).toMatchObject({ code: 'plan_full' });
    expect(await mine()).toHaveLength(1);
    const [project] = await mine();
    await app.request('PUT /projects/{id}', {
      as: owner,
      params: { id: project?.id ?? 0 },
      body: { status: 'cancelled' },
    });
    expect((await begin([{ user_id: ada.id }])).status).toBe(201);
    const { rows } = await home().db.execute(
      sql`SELECT 1 FROM projects.plan_seats WHERE owner_id = ${owner.id} AND project_id IS NOT NULL`,
    );
    expect(rows).toHaveLength(2);
  });

  it('releases the place and saves nothing when it fails before the project', async () => {
    // Of a version whose body does not fit any more: refused when the project is made.
    const input = { user_id: owner.id, seat: 'given back', body: { title: ' ', description: '' }, invite: [] };
    await home().db.transaction((tx) => home().platform.sagas.start(tx, beginProject, input, { key: 'given back' }));
    await invitations();
    const { rows } = await home().db.execute(sql`
    SELECT state, (SELECT count(*)::int FROM projects.plan_seats WHERE key = 'given back') AS seats
    FROM platform.sagas WHERE key = 'given back'`);
    expect(rows).toEqual([{ state: 'compensated', seats: 0 }]);
    expect(await mine()).toEqual([]);
  });
});
