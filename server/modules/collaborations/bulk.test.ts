import { afterAll, beforeAll, expect, test } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { insertCollaborationsInBulk } from './bulk.ts';
import { project, projectWithRole, team } from './test-teams.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  app = await startTestApp();
  ({ owner, ada, bob } = await crew(app));
});
afterAll(() => app.close());

const sentAt = '2026-01-05T10:00:00.000Z';
const answeredAt = '2026-01-06T10:00:00.000Z';

test('requests in any state, and the team that they made', async () => {
  const { id, role_id } = await projectWithRole(app, owner);
  const application = { kind: 'application', receiver_id: owner.id, project_id: id, role_id } as const;
  await insertCollaborationsInBulk(app.platform, [
    { ...application, sender_id: ada.id, status: 'accepted', created_at: sentAt, updated_at: answeredAt },
    {
      ...application,
      sender_id: bob.id,
      status: 'rejected',
      reason: 'role_filled',
      created_at: sentAt,
      updated_at: answeredAt,
    },
    { kind: 'connection', sender_id: ada.id, receiver_id: bob.id, message: 'Hello' },
  ]);
  await app.settled();
  expect(await team(app, id)).toMatchObject({
    members: [{ is_owner: true }, { person: { user_id: ada.id }, joined_at: answeredAt }],
    roles: [{ taken: 1 }],
  });
  expect((await app.request('GET /projects/{id}', { params: { id } })).body).toMatchObject({
    member_count: 2,
    roles: [{ taken: 1 }],
  });
  const received = await app.request('GET /collaborations/received', { as: owner });
  expect(received.body.map(({ status, reason, created_at }) => ({ status, reason, created_at }))).toEqual(
    expect.arrayContaining([
      { status: 'accepted', reason: null, created_at: sentAt },
      { status: 'rejected', reason: 'role_filled', created_at: sentAt },
    ]),
  );
  const connections = await app.request('GET /collaborations/sent', { as: ada, query: { status: 'pending' } });
  expect(connections.body).toMatchObject([{ kind: 'connection', receiver_id: bob.id, message: 'Hello' }]);
});

test('an overfilled role is refused, and nothing of that project stays', async () => {
  const { id, role_id } = await projectWithRole(app, owner);
  const accepted = { kind: 'application', receiver_id: owner.id, project_id: id, role_id, status: 'accepted' } as const;
  const rows = [ada, bob].map((person) => ({ ...accepted, sender_id: person.id }));
  await expect(insertCollaborationsInBulk(app.platform, rows)).rejects.toThrow('no free seat');
  expect((await team(app, id)).members).toHaveLength(1);
});

test('a card that changes is shown changed in lists and teams', async () => {
  const { id } = await project(app, ada);
  const body = { first_name: 'Ada', last_name: 'Byron', college: 'MIT', major: 'Mathematics', year: 2 };
  await app.request('POST /users/me/profile', { as: ada, body });
  await app.settled();
  expect((await team(app, id)).members[0]?.person).toMatchObject({ user_id: ada.id, college: 'MIT' });
  const sent = await app.request('GET /collaborations/sent', { as: ada });
  expect(sent.body[0]?.sender).toMatchObject({ user_id: ada.id, college: 'MIT' });
});
