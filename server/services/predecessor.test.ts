/** The wire contract of the predecessor, call by call: what its web client and its users' scripts rely on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp, type TestMember } from '../platform/testing/test-app.ts';

type Json = Record<string, unknown>;

const user = ['id', 'username', 'role', 'is_active', 'is_verified', 'is_google_account', 'created_at', 'updated_at'];
const profile = [
  'id',
  'user_id',
  'first_name',
  'last_name',
  'college',
  'major',
  'year',
  'bio',
  'skills',
  'experience',
  'github_url',
  'linkedin_url',
  'portfolio_url',
  'avatar_url',
  'is_public',
  'created_at',
  'updated_at',
];
const project = [
  'id',
  'owner_id',
  'title',
  'description',
  'required_skills',
  'budget_min',
  'budget_max',
  'timeline',
  'status',
  'is_remote',
  'created_at',
  'updated_at',
  'expires_at',
];
const collaboration = ['id', 'sender_id', 'receiver_id', 'project_id', 'message', 'status', 'created_at', 'updated_at'];
const page = ['items', 'total', 'page', 'size', 'pages'];

let app: TestApp;
let owner: TestMember;
let student: TestMember;
let admin: TestMember;
let projectId = 0;
let profileId = 0;

/** As the old client calls: a path with a slash at the end or not, a bearer token, JSON. */
async function call(method: string, path: string, { as, body }: { as?: TestMember; body?: Json } = {}) {
  const answer = await app.fetch(`/api/v1${path}`, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${as.token}` }),
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as Json & Json[] };
}

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.member({ username: 'owner' });
  student = await app.member({ username: 'student' });
  admin = await app.member({ username: 'admin_ada', role: 'admin' });
  const filled = await call('POST', '/users/me/profile', {
    as: owner,
    body: {
      first_name: 'Ada',
      last_name: 'Byron',
      college: 'Harbour College',
      major: 'Mathematics',
      year: 3,
      skills: ['Python', 'Go'],
      is_public: true,
    },
  });
  expect(filled.status).toBe(201);
  profileId = filled.body.id as number;
  const posted = await call('POST', '/projects/', {
    as: owner,
    body: {
      title: 'Analytical engine',
      description: 'Cogs that count.',
      required_skills: ['Python'],
      budget_min: 100,
      budget_max: 500.5,
    },
  });
  expect(posted.status).toBe(201);
  projectId = posted.body.id as number;
  await app.settled();
});
afterAll(() => app.close());

const has = (body: unknown, fields: string[]) => {
  for (const field of fields) expect(body).toHaveProperty(field);
};

describe('auth', () => {
  it('POST /auth/register', async () => {
    const { status, body } = await call('POST', '/auth/register', {
      body: { email: 'new@example.org', username: 'newcomer', password: TEST_PASSWORD },
    });
    expect(status).toBe(201);
    has(body, [...user, 'email']);
  });
  it.each(['owner', 'owner@example.org'])('POST /auth/login as %s, refresh rotates', async (username) => {
    const login = await call('POST', '/auth/login', {
      body: { username, password: TEST_PASSWORD, email: 'x@example.org' },
    });
    expect(login.status).toBe(200);
    expect(login.body).toMatchObject({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'bearer',
    });
    const next = await call('POST', '/auth/refresh', { body: { refresh_token: login.body.refresh_token } });
    expect(next.status).toBe(200);
    expect(next.body.refresh_token).not.toBe(login.body.refresh_token);
  });
  it('GET and PUT /auth/me, without power over oneself', async () => {
    const me = await call('GET', '/auth/me', { as: student });
    has(me.body, [...user, 'email']);
    expect((await call('PUT', '/auth/me', { as: student, body: { username: 'student_2' } })).body.username).toBe(
      'student_2',
    );
    expect((await call('PUT', '/auth/me', { as: student, body: { is_active: false } })).status).toBe(422);
  });
});

describe('users and profiles', () => {
  it('GET /users/ is for admins', async () => {
    expect((await call('GET', '/users/?skip=0&limit=10', { as: student })).status).toBe(403);
    const { body } = await call('GET', '/users/?skip=0&limit=10', { as: admin });
    has(body[0], user);
  });
  it('GET /users/{id} and /users/search/{query} show no address', async () => {
    const one = await call('GET', `/users/${owner.id}`, { as: student });
    has(one.body, user);
    expect(one.body).not.toHaveProperty('email');
    const found = await call('GET', '/users/search/own', { as: student });
    expect(found.body.map(({ username }) => username)).toContain('owner');
    expect(JSON.stringify(found.body)).not.toContain('@');
    expect((await call('GET', '/users/search/example.org', { as: student })).body).toEqual([]);
  });
  it('GET and PUT /users/me/profile, GET /users/{id}/profile', async () => {
    has((await call('GET', '/users/me/profile', { as: owner })).body, profile);
    expect((await call('PUT', '/users/me/profile', { as: owner, body: { bio: 'Notes.' } })).body.bio).toBe('Notes.');
    const { status, body } = await call('GET', `/users/${owner.id}/profile`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user_id: owner.id, year: 3, skills: ['Python', 'Go'], is_public: true });
  });
  it('GET /profiles/ filters and pages', async () => {
    const { body } = await call(
      'GET',
      '/profiles/?skip=0&limit=5&college=Harbour%20College&major=Mathematics&year=3&skill=python&unheard=of',
    );
    has(body, page);
    has((body.items as Json[])[0], profile);
    expect(body).toMatchObject({ total: 1, page: 1, size: 5, pages: 1 });
  });
  it('GET /profiles/{profile_id} and /profiles/search/{query}', async () => {
    has((await call('GET', `/profiles/${profileId}`)).body, profile);
    has((await call('GET', '/profiles/search/Byron?limit=5')).body[0], profile);
  });
  it('GET /profiles/skills/popular, /profiles/colleges, /profiles/majors', async () => {
    expect((await call('GET', '/profiles/skills/popular')).body).toContainEqual({ skill: 'Python', count: 1 });
    expect((await call('GET', '/profiles/colleges')).body).toEqual(['Harbour College']);
    expect((await call('GET', '/profiles/majors')).body).toEqual(['Mathematics']);
  });
});

describe('projects', () => {
  it('GET /projects/ filters, open ones unless asked', async () => {
    const { body } = await call(
      'GET',
      '/projects/?skip=0&limit=20&skill=Python&min_budget=400&max_budget=900&remote_only=true&old=filter',
    );
    has(body, page);
    has((body.items as Json[])[0], project);
    expect((body.items as Json[])[0]).toMatchObject({
      budget_min: 100,
      budget_max: 500.5,
      required_skills: ['Python'],
    });
    expect((await call('GET', '/projects/?status=completed')).body.total).toBe(0);
  });
  it('GET, PUT and DELETE /projects/{id}', async () => {
    const posted = await call('POST', '/projects/', {
      as: owner,
      body: { title: 'Short', description: 'Lived.', required_skills: [] },
    });
    const path = `/projects/${posted.body.id}/`;
    has((await call('GET', path)).body, project);
    expect((await call('PUT', path, { as: owner, body: { title: 'Shorter' } })).body.title).toBe('Shorter');
    expect((await call('DELETE', path, { as: owner })).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });
  it('GET /projects/search/{query}, /projects/my/projects, /projects/stats', async () => {
    has((await call('GET', '/projects/search/engine?limit=5')).body[0], project);
    has((await call('GET', '/projects/my/projects', { as: owner })).body[0], project);
    expect((await call('GET', '/projects/stats')).body).toMatchObject({
      total_projects: 1,
      open_projects: 1,
      in_progress_projects: 0,
      completed_projects: 0,
      popular_skills: [{ skill: 'Python', count: 1 }],
    });
  });
});

describe('collaborations', () => {
  const ask = (as: TestMember, body: Json) => call('POST', '/collaborations/', { as, body });

  it('an application, listed on both sides, accepted', async () => {
    const asked = await ask(student, { receiver_id: owner.id, project_id: projectId, message: 'May I?' });
    expect(asked.status).toBe(201);
    has(asked.body, collaboration);
    expect(asked.body.status).toBe('pending');
    expect(
      (await call('GET', '/collaborations/sent?status=pending&limit=5&skip=0', { as: student })).body,
    ).toHaveLength(1);
    expect((await call('GET', '/collaborations/received', { as: owner })).body).toHaveLength(1);
    has((await call('GET', `/collaborations/${asked.body.id}`, { as: owner })).body, collaboration);
    expect((await call('PUT', `/collaborations/${asked.body.id}/accept`, { as: owner })).body.status).toBe('accepted');
  });
  it('an invitation is rejected, a request to connect is withdrawn', async () => {
    const invited = await ask(owner, { receiver_id: admin.id, project_id: projectId });
    expect((await call('PUT', `/collaborations/${invited.body.id}/reject`, { as: admin })).body.status).toBe(
      'rejected',
    );
    const connecting = await ask(student, { receiver_id: admin.id });
    expect(connecting.body.project_id).toBeNull();
    expect((await call('DELETE', `/collaborations/${connecting.body.id}`, { as: student })).status).toBe(204);
    expect((await call('GET', `/collaborations/${connecting.body.id}`, { as: student })).body.status).toBe('cancelled');
  });
  it('GET /collaborations/stats', async () => {
    const { status, body } = await call('GET', '/collaborations/stats', { as: student });
    expect(status).toBe(200);
    for (const count of Object.values(body)) expect(count).toEqual(expect.any(Number));
  });
});

describe('notifications', () => {
  const notification = ['id', 'recipient_id', 'type', 'title', 'message', 'data', 'is_read', 'created_at', 'read_at'];
  const unread = async () =>
    (await call('GET', '/notifications/unread-count', { as: owner })).body.unread_count as number;

  it('are listed, read, counted and deleted', async () => {
    await app.settled();
    const { body } = await call('GET', '/notifications', { as: owner });
    has(body, page);
    const [first, second] = body.items as Json[];
    has(first, notification);
    expect([first?.title, first?.message, first?.data].map((text) => typeof text)).toEqual([
      'string',
      'string',
      'string',
    ]);
    const before = await unread();
    expect((await call('PUT', `/notifications/${first?.id}/read`, { as: owner })).body.is_read).toBe(true);
    expect((await call('PUT', `/notifications/${second?.id}/mark-read/`, { as: owner })).body.is_read).toBe(true);
    expect(before).toBeGreaterThan(await unread());
    expect((await call('PUT', '/notifications/mark-all-read', { as: owner })).status).toBe(200);
    expect(await unread()).toBe(0);
    expect((await call('DELETE', `/notifications/${first?.id}`, { as: owner })).status).toBe(204);
    expect((await call('PUT', `/notifications/${first?.id}/read`, { as: owner })).status).toBe(404);
  });
});

describe('search', () => {
  it.each(['/search-advanced/projects', '/search-advanced/search/projects'])('GET %s', async (path) => {
    const { body } = await call(
      'GET',
      `${path}?q=engine&skills=Python&min_budget=1&max_budget=900&is_remote=true&status=open&sort_by=created_at&sort_order=desc&page=1&size=10`,
    );
    has(body, page);
    expect((body.items as Json[]).map(({ id }) => id)).toEqual([projectId]);
  });
  it.each(['/search-advanced/profiles', '/search-advanced/search/profiles'])('GET %s', async (path) => {
    const { body } = await call(
      'GET',
      `${path}?q=Byron&skills=Go&college=Harbour%20College&major=Mathematics&year=3&page=1&size=10`,
    );
    has(body, page);
    has((body.items as Json[])[0], profile);
  });
  it('GET /search-advanced/trending-skills and recommendations', async () => {
    expect((await call('GET', '/search-advanced/trending-skills?days=30')).body[0]).toMatchObject({ skill: 'Python' });
    for (const kind of ['projects', 'profiles']) {
      const { status, body } = await call('GET', `/search-advanced/recommendations/${kind}?limit=5`, { as: student });
      expect(status).toBe(200);
      expect(Array.isArray(body)).toBe(true);
    }
  });
});

describe('admin', () => {
  it('GET /admin/stats', async () => {
    const { body } = await call('GET', '/admin/stats', { as: admin });
    has(body, [
      'total_users',
      'active_users',
      'total_projects',
      'active_projects',
      'total_collaborations',
      'pending_collaborations',
    ]);
  });
  it('GET /admin/users, PUT /admin/users/{id}/toggle-active', async () => {
    has((await call('GET', '/admin/users?skip=0&limit=5', { as: admin })).body[0], [...user, 'email']);
    const toggled = await call('PUT', `/admin/users/${student.id}/toggle-active`, { as: admin });
    expect(toggled.body).toEqual({ success: true, user: { id: student.id, is_active: false } });
    await call('PUT', `/admin/users/${student.id}/toggle-active`, { as: admin });
  });
  it('GET /admin/projects, PUT /admin/projects/{id}/update-status', async () => {
    has((await call('GET', '/admin/projects?status_filter=open', { as: admin })).body[0], project);
    const moved = await call('PUT', `/admin/projects/${projectId}/update-status`, {
      as: admin,
      body: { status: 'in_progress' },
    });
    expect(moved.body).toEqual({ success: true, project: { id: projectId, status: 'in_progress' } });
  });
});

describe('errors and health', () => {
  it('carry a text in detail', async () => {
    for (const path of ['/projects/999999', '/auth/me', '/projects/?limit=0']) {
      expect((await call('GET', path)).body.detail).toEqual(expect.any(String));
    }
  });
  it('GET /health', async () => {
    expect(await (await app.fetch('/health')).json()).toMatchObject({ status: 'healthy', service: expect.any(String) });
  });
});
