/** Walks over every route there is: as nobody, with too small a role, and on what belongs to somebody else. */
import type { RouteKey, RouteSpec } from '@collabthon/contracts/contract';
import { routes } from '@collabthon/contracts/index';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../platform/testing/test-app.ts';

const all = Object.entries(routes) as [RouteKey, RouteSpec][];
const hasParams = (key: string) => key.includes('{');

let app: TestApp;
let owner: TestMember;
let applicant: TestMember;
let stranger: TestMember;
let moderator: TestMember;
let draft: number;
let project: number;
let request: number;
let conversation: number;
let message: number;

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.member();
  applicant = await app.member();
  stranger = await app.member();
  moderator = await app.member({ role: 'moderator' });
  const post = (status: 'draft' | 'open') =>
    app.request('POST /projects', {
      as: owner,
      body: { title: 'Tide clock', description: 'A clock that shows the tide.', required_skills: ['C'], status },
    });
  draft = (await post('draft')).body.id;
  project = (await post('open')).body.id;
  const asked = await app.request('POST /collaborations', {
    as: applicant,
    body: { receiver_id: owner.id, project_id: project },
  });
  request = asked.body.id;
  await app.request('PUT /users/me/profile', {
    as: owner,
    body: { first_name: 'Olga', last_name: 'Owner', visibility: 'private' },
  });
  await app.settled();
  conversation = (await app.request('GET /conversations', { as: applicant })).body.items[0]?.id ?? 0;
  const written = await app.request('POST /conversations/{id}/messages', {
    as: applicant,
    params: { id: conversation },
    body: { client_id: crypto.randomUUID(), text: 'I know tides.' },
  });
  message = written.body.id;
});
afterAll(() => app.close());

/** Sends whatever may be missing; access is decided before anything is validated. */
async function send(key: RouteKey, params: Record<string, number | string>, as?: { token: string }) {
  const [method = '', template = ''] = key.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
    encodeURIComponent(String(params[name] ?? 1)),
  );
  return app.fetch(`/api/v1${path}`, { method, ...(as && { headers: { authorization: `Bearer ${as.token}` } }) });
}

describe('nobody', () => {
  it.each(all.filter(([, { access }]) => access !== 'public').map(([key]) => key))('may not %s', async (key) => {
    const answer = await send(key, {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a role that is too small', () => {
  const forAdmins = all.filter(([, { access }]) => access === 'admin').map(([key]) => key);
  const forModerators = all.filter(([, { access }]) => access === 'moderator').map(([key]) => key);
  it.each([...forAdmins, ...forModerators])('a student may not %s', async (key) => {
    expect((await send(key, {}, stranger)).status).toBe(403);
  });
  it.each(forAdmins)('a moderator may not %s', async (key) => {
    expect((await send(key, {}, moderator)).status).toBe(403);
  });
});

describe('what belongs to somebody else', () => {
  type Target = () => Record<string, number | string> | Promise<Record<string, number | string>>;
  /** How each route with an id is pointed at a thing of the owner's that the stranger has no business with. */
  const targets: Partial<Record<RouteKey, Target | 'belongs to nobody'>> = {
    'DELETE /auth/sessions/{id}': async () => {
      const { body } = await app.request('GET /auth/sessions', { as: owner });
      return { id: body.items[0]?.id ?? 0 };
    },
    'GET /users/{id}/profile': () => ({ id: owner.id }),
    'GET /users/{id}/overlap': () => ({ id: owner.id }),
    'GET /users/{id}/match': () => ({ id: owner.id }),
    'GET /users/{id}/teams': () => ({ id: owner.id }),
    'GET /projects/{id}/fits': () => ({ id: project, query: `user_ids=${owner.id}` }),
    'GET /profiles/{id}': async () => {
      const { body } = await app.request('GET /users/me/profile', { as: owner });
      return { id: body.id };
    },
    'GET /projects/{id}': () => ({ id: draft }),
    'PUT /projects/{id}': () => ({ id: project }),
    'DELETE /projects/{id}': () => ({ id: project }),
    'GET /projects/{id}/team': () => ({ id: draft }),
    'GET /projects/{id}/match': () => ({ id: draft }),
    'DELETE /projects/{id}/members/{user_id}': () => ({ id: project, user_id: owner.id }),
    'GET /collaborations/{id}': () => ({ id: request }),
    'PUT /collaborations/{id}/accept': () => ({ id: request }),
    'PUT /collaborations/{id}/reject': () => ({ id: request }),
    'DELETE /collaborations/{id}': () => ({ id: request }),
    'GET /conversations/{id}': () => ({ id: conversation }),
    'GET /conversations/{id}/messages': () => ({ id: conversation }),
    'POST /conversations/{id}/messages': () => ({ id: conversation }),
    'PUT /conversations/{id}/messages/{message_id}': () => ({ id: conversation, message_id: message }),
    'DELETE /conversations/{id}/messages/{message_id}': () => ({ id: conversation, message_id: message }),
    'PUT /conversations/{id}/read': () => ({ id: conversation }),
    'POST /conversations/{id}/typing': () => ({ id: conversation }),
    'GET /drafts/{key}': async () => {
      await app.request('PUT /drafts/{key}', { as: owner, params: { key: 'project:new' }, body: { content: {} } });
      return { key: 'project:new' };
    },
    // A key names a draft of whoever asks.
    'PUT /drafts/{key}': 'belongs to nobody',
    'DELETE /drafts/{key}': 'belongs to nobody',
    'GET /users/me/profile/seen-as/{viewer}': 'belongs to nobody',
    'PUT /notifications/{id}/read': notificationOfOwner,
    'PUT /notifications/{id}/mark-read': notificationOfOwner,
    'DELETE /notifications/{id}': notificationOfOwner,
    // Muting says nothing of what there is.
    // A token says whose it is.
    'GET /notifications/unsubscribe/{token}': 'belongs to nobody',
    'POST /notifications/unsubscribe/{token}': 'belongs to nobody',
    'PUT /notifications/mutes/{thread}': 'belongs to nobody',
    'DELETE /notifications/mutes/{thread}': 'belongs to nobody',
    'GET /users/{id}': () => ({ id: owner.id }),
    'GET /users/search/{query}': 'belongs to nobody',
    'GET /profiles/search/{query}': 'belongs to nobody',
    'GET /projects/search/{query}': 'belongs to nobody',
    'GET /auth/oauth/{provider}/start': 'belongs to nobody',
    'GET /auth/oauth/{provider}/callback': 'belongs to nobody',
  };

  async function notificationOfOwner() {
    const { body } = await app.request('GET /notifications', { as: owner });
    return { id: body.items[0]?.id ?? 0 };
  }
  /** What a stranger sends where it has to be right to be looked at. */
  const bodies: Partial<Record<RouteKey, object>> = {
    'POST /conversations/{id}/messages': { client_id: crypto.randomUUID(), text: 'Mine now' },
    'PUT /conversations/{id}/messages/{message_id}': { text: 'Mine now' },
    'PUT /conversations/{id}/read': { position: 1 },
  };

  const pointed = all.filter(([key, { access }]) => hasParams(key) && access !== 'admin' && access !== 'moderator');

  it('every route that names a thing says what a stranger is tried on', () => {
    expect(pointed.map(([key]) => key).filter((key) => !targets[key])).toEqual([]);
  });

  it.each(pointed.map(([key]) => key).filter((key) => typeof targets[key] === 'function'))(
    'a stranger may not %s',
    async (key) => {
      const target = targets[key] as Target;
      const [method = ''] = key.split(' ');
      const isWrite = method === 'PUT' || method === 'POST';
      const path = key.slice(method.length + 1).replaceAll(/\{(\w+)\}/g, `{$1}`);
      const params = await target();
      const url =
        path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => String(params[name])) +
        (params.query ? `?${params.query}` : '');
      const answer = await app.fetch(`/api/v1${url}`, {
        method,
        headers: {
          authorization: `Bearer ${stranger.token}`,
          ...(isWrite && { 'content-type': 'application/json' }),
        },
        ...(isWrite &&
          routes[key as keyof typeof routes] &&
          'body' in routes[key as keyof typeof routes] && {
            body: JSON.stringify(bodies[key] ?? { title: 'Mine now' }),
          }),
      });
      expect([403, 404]).toContain(answer.status);
    },
  );

  it('nothing of it was changed', async () => {
    const { body } = await app.request('GET /projects/{id}', { params: { id: project } });
    expect(body.title).toBe('Tide clock');
    const { body: asked } = await app.request('GET /collaborations/{id}', { as: applicant, params: { id: request } });
    expect(asked.status).toBe('pending');
    const { body: told } = await app.request('GET /notifications', { as: owner });
    expect(told.items[0]?.is_read).toBe(false);
    const params = { id: conversation };
    const { body: said } = await app.request('GET /conversations/{id}/messages', { as: applicant, params });
    expect(said.items.map(({ text }) => text)).toEqual(['I know tides.']);
  });
});
