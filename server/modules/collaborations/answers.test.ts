import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crew, type Person, people } from '../../platform/testing/people.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { accept, outcome, project, projectWithRole, read, send, sent, team } from './test-teams.ts';

let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  app = await startTestApp();
});
beforeAll(async () => {
  ({ owner, ada, bob, eve } = await crew(app));
});
afterAll(() => app.close());

const leave = (as: Person | null, id: number, user_id: number) =>
  app.request('DELETE /projects/{id}/members/{user_id}', { as, params: { id, user_id } });
const state = async (as: Person, id: number) => {
  const { status, reason } = await read(app, as, id);
  return `${status} ${reason}`;
};

describe('accepting', () => {
  test('makes a member, takes the seat, and ends what has become pointless', async () => {
    const { id, roles } = await project(app, owner, { roles: [{ name: 'Maker' }, { name: 'Writer', seats: 2 }] });
    const [maker, writer] = roles.map((role) => role.id);
    const winner = await sent(app, ada, { receiver_id: owner.id, project_id: id, role_id: maker });
    const rival = await sent(app, bob, { receiver_id: owner.id, project_id: id, role_id: maker });
    const invited = await sent(app, owner, { receiver_id: eve.id, project_id: id, role_id: maker });
    const elsewhere = await sent(app, owner, { receiver_id: ada.id, project_id: id, role_id: writer });
    const unrelated = await sent(app, bob, { receiver_id: owner.id, project_id: id, role_id: writer });

    const answer = await accept(app, owner, winner);
    expect(answer.body).toMatchObject({ id: winner, status: 'accepted', reason: null, role: { name: 'Maker' } });
    expect(await state(bob, rival)).toBe('rejected role_filled');
    expect(await state(eve, invited)).toBe('rejected role_filled');
    expect(await state(ada, elsewhere)).toBe('cancelled withdrawn');
    expect(await state(bob, unrelated)).toBe('pending null');

    const { members, roles: seats } = await team(app, id);
    expect(members).toMatchObject([
      { person: { user_id: owner.id }, is_owner: true, role: null },
      { person: { user_id: ada.id }, is_owner: false, role: { id: maker, name: 'Maker' } },
    ]);
    expect(seats).toEqual([
      { id: maker, name: 'Maker', seats: 1, taken: 1 },
      { id: writer, name: 'Writer', seats: 2, taken: 0 },
    ]);
    expect(await app.platform.calls('collaborations.getTeam', { project_id: id })).toEqual({
      project_id: id,
      members,
      roles: seats,
    });

    expect((await accept(app, owner, winner)).body).toEqual(answer.body);
    expect(outcome(await accept(app, owner, rival))).toBe('409 role_full');
    expect(outcome(await send(app, eve, { receiver_id: owner.id, project_id: id, role_id: maker }))).toBe(
      '409 role_full',
    );
    expect(outcome(await send(app, ada, { receiver_id: owner.id, project_id: id, role_id: writer }))).toBe(
      '409 already_member',
    );
    expect(outcome(await send(app, owner, { receiver_id: ada.id, project_id: id }))).toBe('409 already_member');

    await app.settled();
    const posted = await app.request('GET /projects/{id}', { params: { id } });
    expect(posted.body).toMatchObject({ member_count: 2, roles: [{ taken: 1 }, { taken: 0 }], version: 1 });
    const teams = await app.request('GET /collaborations/teams', { as: ada });
    expect(teams.body.items).toMatchObject([
      { project: { id }, is_owner: false, role: { name: 'Maker' }, member_count: 2 },
    ]);
    const own = await app.request('GET /collaborations/teams', { as: owner });
    expect(own.body.items[0]).toMatchObject({ project: { id }, is_owner: true });
  });

  test('without a role it takes no seat', async () => {
    const { id, role_id } = await projectWithRole(app, owner);
    await accept(app, owner, await sent(app, ada, { receiver_id: owner.id, project_id: id }));
    expect(await team(app, id)).toMatchObject({ members: [{}, { role: null }], roles: [{ id: role_id, taken: 0 }] });
  });

  test('a project that has ended since, though no event told of it, takes nobody on', async () => {
    const { id } = await project(app, owner);
    const request = await sent(app, ada, { receiver_id: owner.id, project_id: id });
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { status: 'cancelled' } });
    expect(outcome(await accept(app, owner, request))).toBe('409 project_closed');
    await app.settled();
    expect(await state(ada, request)).toBe('cancelled project_closed');
    expect((await team(app, id)).members).toHaveLength(1);
  });

  test('a role that shrank is full, and one that went is gone', async () => {
    const { id, roles } = await project(app, owner, { roles: [{ name: 'Maker', seats: 2 }, { name: 'Writer' }] });
    const [maker = 0, writer] = roles.map((role) => role.id);
    await accept(app, owner, await sent(app, ada, { receiver_id: owner.id, project_id: id, role_id: maker }));
    const second = await sent(app, bob, { receiver_id: owner.id, project_id: id, role_id: maker });
    const third = await sent(app, bob, { receiver_id: owner.id, project_id: id, role_id: writer });
    const put = { roles: [{ id: maker, name: 'Maker', seats: 1 }] };
    expect((await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: put })).status).toBe(200);
    expect(outcome(await accept(app, owner, second))).toBe('409 role_full');
    expect(outcome(await accept(app, owner, third))).toBe('409 already_answered');
    await app.settled();
    expect([await state(bob, second), await state(bob, third)]).toEqual([
      'rejected role_filled',
      'rejected role_removed',
    ]);
    const gone = await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { roles: [] } });
    expect(outcome(gone)).toBe('409 role_taken');
  });
});

describe('declining and withdrawing', () => {
  test('end a request, once', async () => {
    const reject = (as: Person, id: number) => app.request('PUT /collaborations/{id}/reject', { as, params: { id } });
    const withdraw = (as: Person, id: number) => app.request('DELETE /collaborations/{id}', { as, params: { id } });
    const { id } = await project(app, owner);
    const declined = await sent(app, ada, { receiver_id: owner.id, project_id: id });
    expect((await reject(owner, declined)).body).toMatchObject({ status: 'rejected', reason: 'declined' });
    expect((await reject(owner, declined)).status).toBe(200);
    expect(outcome(await accept(app, owner, declined))).toBe('409 already_answered');
    expect(outcome(await withdraw(ada, declined))).toBe('409 already_answered');
    const withdrawn = await sent(app, bob, { receiver_id: owner.id, project_id: id });
    expect((await withdraw(bob, withdrawn)).status).toBe(204);
    expect(await state(bob, withdrawn)).toBe('cancelled withdrawn');
    expect(outcome(await withdraw(bob, withdrawn))).toBe('409 already_answered');
    expect(outcome(await reject(owner, withdrawn))).toBe('409 already_answered');
    expect((await send(app, bob, { receiver_id: owner.id, project_id: id })).status).toBe(201);
  });

  test('of an acceptance and a withdrawal at the same time one wins', async () => {
    const { id, role_id } = await projectWithRole(app, owner, 30);
    const applicants = await people(app, 12);
    const answers = await Promise.all(
      applicants.map(async (person) => {
        const request = await sent(app, person, { receiver_id: owner.id, project_id: id, role_id });
        const both = await Promise.all([
          accept(app, owner, request),
          app.request('DELETE /collaborations/{id}', { as: person, params: { id: request } }),
        ]);
        return both.map((answer) => answer.status < 300);
      }),
    );
    for (const [accepted, withdrawn] of answers) expect(accepted).toBe(!withdrawn);
    const joined = answers.filter(([accepted]) => accepted).length;
    expect(await team(app, id)).toMatchObject({ members: { length: joined + 1 }, roles: [{ taken: joined }] });
  });
});

describe('leaving', () => {
  test('a member leaves, the seat is free, and they may come again', async () => {
    const { id, role_id } = await projectWithRole(app, owner);
    const request = await sent(app, ada, { receiver_id: owner.id, project_id: id, role_id });
    await accept(app, owner, request);
    expect((await leave(ada, id, ada.id)).status).toBe(204);
    expect(await state(ada, request)).toBe('cancelled member_left');
    expect(await team(app, id)).toMatchObject({ members: [{ is_owner: true }], roles: [{ taken: 0 }] });
    expect((await leave(ada, id, ada.id)).status).toBe(404);
    await app.settled();
    expect((await app.request('GET /projects/{id}', { params: { id } })).body).toMatchObject({
      member_count: 1,
      roles: [{ taken: 0 }],
    });
    await accept(app, owner, await sent(app, ada, { receiver_id: owner.id, project_id: id, role_id }));
  });

  test('the owner removes, and cannot leave; others can do neither', async () => {
    const { id } = await project(app, owner);
    await accept(app, ada, await sent(app, owner, { receiver_id: ada.id, project_id: id }));
    await accept(app, bob, await sent(app, owner, { receiver_id: bob.id, project_id: id }));
    expect(outcome(await leave(null, id, ada.id))).toBe('401 not_signed_in');
    expect(outcome(await leave(eve, id, ada.id))).toBe('403 not_owner');
    expect(outcome(await leave(bob, id, ada.id))).toBe('403 not_owner');
    expect(outcome(await leave(owner, id, owner.id))).toBe('409 owner_cannot_leave');
    expect(outcome(await leave(owner, id, eve.id))).toBe('404 not_found');
    expect((await leave(owner, id, ada.id)).status).toBe(204);
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { status: 'completed' } });
    await app.settled();
    expect(outcome(await leave(bob, id, bob.id))).toBe('409 project_completed');
    expect((await team(app, id)).members).toHaveLength(2);
  });
});

describe('teams', () => {
  test('are seen as the project is, and always by the team', async () => {
    const { id } = await project(app, owner, { visibility: 'members' });
    const see = (as: Person | null) => app.request('GET /projects/{id}/team', { as, params: { id } });
    expect((await see(null)).status).toBe(404);
    expect((await see(eve)).status).toBe(200);
    await accept(app, ada, await sent(app, owner, { receiver_id: ada.id, project_id: id }));
    await app.request('PUT /projects/{id}', { as: owner, params: { id }, body: { visibility: 'college' } });
    await app.settled();
    expect([(await see(ada)).status, (await see(eve)).status]).toEqual([200, 404]);
    expect((await app.request('GET /projects/{id}', { as: ada, params: { id } })).status).toBe(200);
  });

  test('a deleted project has none, and its requests end', async () => {
    const { id } = await project(app, owner);
    const pending = await sent(app, bob, { receiver_id: owner.id, project_id: id });
    const accepted = await sent(app, ada, { receiver_id: owner.id, project_id: id });
    await accept(app, owner, accepted);
    await app.request('DELETE /projects/{id}', { as: owner, params: { id } });
    expect(outcome(await accept(app, owner, pending))).toBe('409 project_closed');
    await app.settled();
    expect((await app.request('GET /projects/{id}/team', { as: owner, params: { id } })).status).toBe(404);
    expect(await read(app, bob, pending)).toMatchObject({
      status: 'cancelled',
      reason: 'project_closed',
      project_id: id,
      project: null,
    });
    const teams = await app.request('GET /collaborations/teams', { as: ada });
    expect(teams.body.items.map((item) => item.project.id)).not.toContain(id);
  });
});
