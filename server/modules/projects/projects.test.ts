import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { fillProfile, post, postProject, refusal } from './test-projects.ts';

let app: TestApp;
let ada: TestMember;
let bob: TestMember;

beforeAll(async () => {
  app = await startTestApp();
  [ada, bob] = await Promise.all([app.member(), app.member()]);
});
afterAll(() => app.close());

describe('posting', () => {
  test('a post comes back whole, with canonical skills, roles and the owner’s card', async () => {
    await fillProfile(app, ada, 'IIT Delhi');
    const posted = await postProject(app, ada, {
      required_skills: ['js', 'JavaScript', 'C'],
      roles: [{ name: 'Front end', skill: 'JS', level: 3, seats: 2 }, { name: 'Writer' }],
      budget_min: 99.5,
      budget_max: 250,
      currency: 'EUR',
      timeline: '6 weeks',
      hours_per_week: 8,
      is_remote: false,
      place: 'Delhi',
      visibility: 'members',
    });
    expect(posted).toMatchObject({
      owner_id: ada.id,
      owner: { user_id: ada.id, username: ada.username, college: 'IIT Delhi' },
      required_skills: ['JavaScript', 'C'],
      roles: [
        { name: 'Front end', skill: { name: 'JavaScript' }, level: 3, seats: 2, taken: 0 },
        { name: 'Writer', skill: null, level: null, seats: 1, taken: 0 },
      ],
      budget_min: 99.5,
      budget_max: 250,
      currency: 'EUR',
      status: 'open',
      is_remote: false,
      place: 'Delhi',
      visibility: 'members',
      member_count: 1,
      version: 1,
      is_demo: false,
    });
    const read = await app.request('GET /projects/{id}', { as: bob, params: { id: posted.id } });
    expect(read.body).toEqual(posted);
  });

  test('the guide’s post of three fields is an open, public, remote project that ends after 60 days', async () => {
    const posted = await postProject(app, ada, { required_skills: ['Python'] });
    expect(posted).toMatchObject({
      status: 'open',
      visibility: 'public',
      is_remote: true,
      currency: 'USD',
      budget_min: null,
      budget_max: null,
    });
    expect(Date.parse(posted.expires_at ?? '') - Date.parse(posted.created_at)).toBe(60 * 86_400_000);
  });

  test('text is kept as given', async () => {
    const text = '<script>alert("x")</script> & \u202e ünï 🚲';
    const posted = await postProject(app, ada, { title: text, description: text, timeline: text });
    expect([posted.title, posted.description, posted.timeline]).toEqual([text, text, text]);
  });

  test('every post is counted', async () => {
    const count = async () =>
      (await app.platform.metrics.registry.getSingleMetric('projects_created_total')?.get())?.values[0]?.value;
    const before = (await count()) ?? 0;
    await postProject(app, ada);
    expect(await count()).toBe(before + 1);
  });

  test.each([
    ['USD', 10.005, '/budget_min'],
    ['JPY', 10.5, '/budget_min'],
    ['ZZZ', 10, '/currency'],
  ])('a budget in %s of %d is refused', async (currency, budget_min, path) => {
    const answer = await app.request('POST /projects', { as: ada, body: post({ currency, budget_min }) });
    expect(refusal(answer)).toMatchObject({ status: 422, paths: [path] });
  });

  test('everything that does not fit is said at once', async () => {
    const body = post({
      title: '  ',
      description: ' ',
      required_skills: ['Go', ' '],
      roles: [{ name: ' ', skill: ' ' }],
      budget_min: 20,
      budget_max: 10,
      deadline: '2020-01-01',
      expires_at: '2020-01-01T00:00:00Z',
    });
    const answer = await app.request('POST /projects', { as: ada, body });
    expect(refusal(answer)).toEqual({
      status: 422,
      code: 'invalid_request',
      paths: [
        '/budget_max',
        '/expires_at',
        '/title',
        '/description',
        '/deadline',
        '/required_skills/1',
        '/roles/0/name',
        '/roles/0/skill',
      ],
    });
  });

  test('a refused post leaves no skill behind', async () => {
    const skill = 'Underwater basket weaving';
    await app.request('POST /projects', { as: ada, body: post({ title: ' ', required_skills: [skill] }) });
    const mine = await postProject(app, ada, { title: 'Kept' });
    const edit = { title: ' ', required_skills: [skill] };
    await app.request('PUT /projects/{id}', { as: ada, params: { id: mine.id }, body: edit });
    expect(await app.platform.calls('profiles.findSkills', { names: [skill] })).toEqual([null]);
  });

  test('a role id cannot be brought along', async () => {
    const other = await postProject(app, ada, { roles: [{ name: 'Tester' }] });
    const body = post({ roles: [{ id: other.roles[0]?.id ?? 0, name: 'Mine now' }] });
    expect(refusal(await app.request('POST /projects', { as: bob, body }))).toMatchObject({
      status: 422,
      paths: ['/roles/0/id'],
    });
  });
});

describe('editing', () => {
  test('what the body names changes, the rest stays, and the version grows', async () => {
    const mine = await postProject(app, ada, { required_skills: ['Go'], budget_max: 5, timeline: 'soon' });
    const { status, body } = await app.request('PUT /projects/{id}', {
      as: ada,
      params: { id: mine.id },
      body: { title: 'New title', timeline: null },
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...mine, title: 'New title', timeline: null, version: 2, updated_at: body.updated_at });
  });

  test('roles that are named keep their ids, new ones get one, others go', async () => {
    const mine = await postProject(app, ada, { roles: [{ name: 'A' }, { name: 'B' }] });
    const [a, b] = mine.roles;
    const { body } = await app.request('PUT /projects/{id}', {
      as: ada,
      params: { id: mine.id },
      body: {
        roles: [
          { name: 'C', seats: 3 },
          { id: b?.id ?? 0, name: 'B2', skill: 'SQL' },
        ],
      },
    });
    expect(body.roles).toMatchObject([
      { name: 'C', seats: 3 },
      { id: b?.id, name: 'B2', skill: { name: 'SQL' } },
    ]);
    expect(body.roles.map((role) => role.id)).not.toContain(a?.id);
  });

  test('a role of another project, or one named twice, is refused and nothing changes', async () => {
    const [mine, other] = [
      await postProject(app, ada, { roles: [{ name: 'A' }] }),
      await postProject(app, bob, { roles: [{ name: 'X' }] }),
    ];
    const own = mine.roles[0]?.id ?? 0;
    const put = (ids: number[]) =>
      app.request('PUT /projects/{id}', {
        as: ada,
        params: { id: mine.id },
        body: { title: 'Changed', roles: ids.map((id) => ({ id, name: 'R' })) },
      });
    expect(refusal(await put([own, other.roles[0]?.id ?? 0]))).toMatchObject({ status: 422, paths: ['/roles/1/id'] });
    expect(refusal(await put([own, own]))).toMatchObject({ status: 422, paths: ['/roles/1/id'] });
    expect((await app.request('GET /projects/{id}', { params: { id: mine.id } })).body).toEqual(mine);
  });

  test('a version that was overtaken is 412, by body and by If-Match; without either the last one wins', async () => {
    const { id } = await postProject(app, ada);
    const put = (body: { title: string; version?: number }, headers?: Record<string, string>) =>
      app.request('PUT /projects/{id}', { as: ada, params: { id }, body, ...(headers && { headers }) });
    expect((await put({ title: 'One', version: 1 })).body.version).toBe(2);
    expect(refusal(await put({ title: 'Two', version: 1 }))).toEqual({ status: 412, code: 'version_conflict' });
    expect((await put({ title: 'Two' }, { 'if-match': '"2"' })).body.version).toBe(3);
    expect(refusal(await put({ title: 'Three' }, { 'if-match': '"2"' }))).toEqual({
      status: 412,
      code: 'version_conflict',
    });
    expect(refusal(await put({ title: 'Three' }, { 'if-match': 'W/"x"' }))).toEqual({
      status: 412,
      code: 'malformed_if_match',
    });
    expect((await put({ title: 'Four' }, { 'if-match': '*' })).status).toBe(200);
    expect((await put({ title: 'Five' })).body.version).toBe(5);
  });

  test('of many edits of one version exactly one wins', async () => {
    const { id } = await postProject(app, ada);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        app.request('PUT /projects/{id}', { as: ada, params: { id }, body: { title: `Edit ${at}`, version: 1 } }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 412)]);
  });

  test('changing only the currency keeps the amounts, unless it has fewer decimals', async () => {
    const { id } = await postProject(app, ada, { budget_min: 10, budget_max: 20 });
    const put = (body: object) => app.request('PUT /projects/{id}', { as: ada, params: { id }, body });
    expect((await put({ currency: 'JPY' })).body).toMatchObject({ budget_min: 10, budget_max: 20, currency: 'JPY' });
    await put({ currency: 'KWD', budget_min: 10.125 });
    expect(refusal(await put({ currency: 'USD' }))).toMatchObject({ status: 422, paths: ['/currency'] });
    expect(refusal(await put({ budget_max: 1 }))).toMatchObject({ status: 422, paths: ['/budget_max'] });
  });

  test('an unchanged deadline that has passed does not stop an edit', async () => {
    const { id } = await postProject(app, ada);
    await app.db.execute(`UPDATE projects.projects SET deadline = '2020-01-01' WHERE id = ${id}`);
    const answer = await app.request('PUT /projects/{id}', {
      as: ada,
      params: { id },
      body: { title: 'T', deadline: '2020-01-01' },
    });
    expect(answer.status).toBe(200);
  });

  test('only the owner changes or deletes', async () => {
    const { id } = await postProject(app, ada);
    const edit = { params: { id }, body: { title: 'Mine' } };
    expect(refusal(await app.request('PUT /projects/{id}', { as: bob, ...edit }))).toEqual({
      status: 403,
      code: 'not_owner',
    });
    expect(refusal(await app.request('DELETE /projects/{id}', { as: bob, params: { id } }))).toEqual({
      status: 403,
      code: 'not_owner',
    });
    expect((await app.request('PUT /projects/{id}', edit)).status).toBe(401);
    expect((await app.request('DELETE /projects/{id}', { params: { id } })).status).toBe(401);
    expect((await app.request('DELETE /projects/{id}', { as: ada, params: { id } })).status).toBe(204);
    expect((await app.request('GET /projects/{id}', { as: ada, params: { id } })).status).toBe(404);
    expect((await app.request('DELETE /projects/{id}', { as: ada, params: { id } })).status).toBe(404);
  });
});

test('the owner’s card follows the profile', async () => {
  const { id } = await postProject(app, bob);
  await fillProfile(app, bob, 'MIT');
  const read = await app.request('GET /projects/{id}', { params: { id } });
  expect(read.body.owner).toMatchObject({ user_id: bob.id, college: 'MIT' });
});
