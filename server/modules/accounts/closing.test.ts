/** Closing an account, from the wish to the last trace, through HTTP; in one service, and in several that run apart. */
import { randomUUID } from 'node:crypto';
import type { Project } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FORMS, startTestApp, TEST_PASSWORD, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';

let app: TestApp;
/** Where accounts are, and the saga that closes them. */
const db = () => app.of('accounts').db;

const close = (as: TestMember, password = TEST_PASSWORD) =>
  app.request('POST /users/me/closing', { as, body: { password } });
const stateOf = (as: TestMember) => app.request('GET /users/me/closing', { as });
const verify = (member: TestMember) =>
  db().execute(sql`UPDATE accounts.users SET is_verified = true WHERE id = ${member.id}`);

const sagaOf = async (member: TestMember) => {
  const { rows } = await db().execute<{ id: number; state: string; error: string | null; steps: number }>(sql`
    SELECT id, state, error, position AS steps FROM platform.sagas
    WHERE name = 'accounts.close_account' AND input->>'user_id' = ${String(member.id)} ORDER BY id DESC`);
  return rows[0];
};
const ends = (member: TestMember, state: string) =>
  vi.waitFor(async () => expect(await sagaOf(member)).toMatchObject({ state }), { timeout: 30_000, interval: 20 });

/** As if the fortnight were over. */
async function passTime(member: TestMember) {
  const saga = await sagaOf(member);
  await db().execute(sql`UPDATE platform.sagas SET due_at = now() WHERE id = ${saga?.id ?? 0}`);
}

describe.each(FORMS)('%s', (form) => {
  beforeAll(async () => {
    app = await startTestApp({ form });
  }, 60_000);
  afterAll(() => app.close());

  describe('who wants to close their account', () => {
    it('says so with their password, and is told until when it can be kept', async () => {
      const ada = await app.member();
      await verify(ada);
      expect((await close(ada, 'not this one')).body).toMatchObject({ code: 'wrong_password' });
      expect((await stateOf(ada)).body).toEqual({ state: 'open', started_at: null, closes_at: null });

      const asked = await close(ada);
      expect(asked.status).toBe(202);
      const days = (Date.parse(asked.body.closes_at ?? '') - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(13.9);
      expect(days).toBeLessThan(14.1);
      expect((await close(ada)).body).toEqual(asked.body);
      expect((await stateOf(ada)).body).toEqual(asked.body);
      await app.settled();
      const closing = (await app.mails(ada.email)).filter(({ subject }) =>
        subject.startsWith('Your account closes on'),
      );
      expect(closing).toHaveLength(1);
      expect(closing[0]?.text).toContain('/settings/account');
    });

    it('signs in as usual meanwhile, and sees that it closes', async () => {
      const ada = await app.member();
      const { body } = await close(ada);
      const login = await app.request('POST /auth/login', {
        body: { username: ada.username, password: TEST_PASSWORD },
      });
      expect(login.status).toBe(200);
      const me = await app.request('GET /auth/me', { as: { token: login.body.access_token } });
      expect(me.body.closes_at).toBe(body.closes_at);
      const bob = await app.member();
      const seen = await app.request('GET /users/{id}', { as: bob, params: { id: ada.id } });
      expect(seen.body).not.toHaveProperty('closes_at');
    });

    it('may keep it after all, and close it another time', async () => {
      const ada = await app.member();
      await close(ada);
      const keep = () => app.request('DELETE /users/me/closing', { as: ada });
      expect((await keep()).status).toBe(204);
      await ends(ada, 'cancelled');
      expect((await keep()).status).toBe(204);
      expect((await stateOf(ada)).body.state).toBe('open');
      expect((await app.request('GET /auth/me', { as: ada })).body.closes_at).toBeNull();
      expect((await close(ada)).body.state).toBe('closing');
      await ends(ada, 'waiting');
    });

    it('cannot do so as the last admin, whether they are when they ask or only at the end', async () => {
      const chief = await app.member({ role: 'admin' });
      expect((await close(chief)).body).toMatchObject({ code: 'last_admin' });
      const other = await app.member({ role: 'admin' });
      expect((await close(chief)).status).toBe(202);
      await db().execute(sql`UPDATE accounts.users SET role = 'student' WHERE id = ${other.id}`);
      await passTime(chief);
      await ends(chief, 'compensated');
      expect((await sagaOf(chief))?.error).toContain('seal: This is the last active admin');
      expect((await stateOf(chief)).body.state).toBe('open');
      expect((await app.request('GET /auth/me', { as: chief })).status).toBe(200);
    });
  });

  describe('when the fortnight is over', () => {
    let ada: TestMember;
    let bob: TestMember;
    let shared: Project;
    let alone: Project;
    let finished: Project;
    let bobs: Project;
    const texts = [
      'zebrafinch',
      'Quillfeather',
      'Ornithopolis',
      'warblergram',
      'nightjarring',
      'whimbreling',
      'plovercraft',
    ];

    const post = async (as: TestMember, title: string, description: string) =>
      (await app.request('POST /projects', { as, body: { title, description, required_skills: ['C'] } })).body;
    const invite = async (from: TestMember, to: TestMember, project_id: number, message: string) => {
      const sent = await app.request('POST /collaborations', {
        as: from,
        body: { receiver_id: to.id, project_id, message },
      });
      return sent.body.id;
    };
    const join = async (from: TestMember, to: TestMember, project_id: number, message: string) => {
      const id = await invite(from, to, project_id, message);
      const accepted = await app.request('PUT /collaborations/{id}/accept', { as: to, params: { id } });
      expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
    };

    beforeAll(async () => {
      ada = await app.member({ username: 'zebrafinch' });
      bob = await app.member();
      await verify(ada);
      await app.request('PUT /users/me/profile', {
        as: ada,
        body: {
          first_name: 'Quillfeather',
          last_name: 'Zebrafinch',
          college: 'Ornithopolis',
          bio: 'I write warblergram.',
        },
      });
      await app.settled();
      shared = await post(ada, 'Tide clock', 'A nightjarring clock.');
      alone = await post(ada, 'The whimbreling atlas', 'Nobody joined this nightjarring one.');
      finished = await post(ada, 'Finished chart', 'A nightjarring chart.');
      bobs = await post(bob, 'Star map', 'A map of stars.');
      await join(ada, bob, shared.id, 'Please plovercraft with me.');
      await join(ada, bob, finished.id, 'Please plovercraft with me.');
      await join(bob, ada, bobs.id, 'Join my map.');
      await app.settled();
      await app.request('PUT /projects/{id}', { as: ada, params: { id: finished.id }, body: { status: 'completed' } });
      await app.request('PUT /drafts/{key}', {
        as: ada,
        params: { key: 'project:new' },
        body: { content: { title: 'nightjarring draft' } },
      });
      await invite(bob, ada, (await post(bob, 'Moon map', 'A map of the moon.')).id, 'Another one?');
      await app.settled();
      const { rows } = await app
        .of('conversations')
        .db.execute<{ id: number }>(
          sql`SELECT id FROM conversations.conversations WHERE kind = 'team' AND project_id = ${finished.id}`,
        );
      const said = await app.request('POST /conversations/{id}/messages', {
        as: ada,
        params: { id: rows[0]?.id ?? 0 },
        body: { client_id: randomUUID(), text: 'A nightjarring word.' },
      });
      expect(said.status, JSON.stringify(said.body)).toBe(201);
      await app.settled();
      await close(ada);
      await app.settled();
      await passTime(ada);
      await ends(ada, 'completed');
      await app.settled();
    }, 90_000);

    it('nothing of the person is left in any table', async () => {
      const found: string[] = [];
      for (const { db } of app.services) {
        const { rows: tables } = await db.execute<{ name: string }>(sql`
        SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
        expect(tables.length).toBeGreaterThan(20);
        for (const { name } of tables) {
          const { rows } = await db.execute<{ row: string }>(sql`
          SELECT t::text AS row FROM ${sql.raw(name)} t WHERE t::text ~* ${texts.join('|')}`);
          found.push(...rows.map(({ row }) => `${name}: ${row}`));
        }
      }
      expect(found).toEqual([]);
    });

    it('their sessions are over, and their name and address are free', async () => {
      expect((await app.request('GET /auth/me', { as: ada })).status).toBe(401);
      const login = { username: ada.username, password: TEST_PASSWORD };
      expect((await app.request('POST /auth/login', { body: login })).status).toBe(401);
      expect((await app.request('GET /users/{id}', { as: bob, params: { id: ada.id } })).status).toBe(404);
      const again = await app.request('POST /auth/register', {
        body: { email: ada.email, username: ada.username, password: TEST_PASSWORD },
      });
      expect(again.status).toBe(201);
      expect(again.body.id).not.toBe(ada.id);
    });

    it('what was done together shows a former member', async () => {
      const { body: project } = await app.request('GET /projects/{id}', { as: bob, params: { id: finished.id } });
      expect(project).toMatchObject({ status: 'completed', title: 'Finished chart', description: '' });
      const former = { user_id: ada.id, username: 'former-member', name: 'Former member', is_former: true };
      expect(project.owner).toMatchObject(former);
      const { body: team } = await app.request('GET /projects/{id}/team', { as: bob, params: { id: finished.id } });
      expect(team.members.find(({ person }) => person.user_id === ada.id)?.person).toMatchObject(former);
      const { body: history } = await app.request('GET /collaborations/received', { as: bob });
      expect(history.map(({ sender, message }) => [sender.name, sender.is_former, message])).toEqual([
        ['Former member', true, null],
        ['Former member', true, null],
      ]);
      const [card] = await app.platform.calls('profiles.getCards', { user_ids: [ada.id] });
      expect(card).toMatchObject(former);
    });

    it('who is told of them later, in whatever language, is given no English name', async () => {
      const { body } = await app.request('GET /notifications', { as: bob });
      const told = body.items.filter(({ params }) => [params.actor_id, params.member_id].includes(ada.id));
      expect(told.map(({ type }) => type)).toContain('member_left');
      expect(told.flatMap(({ params }) => [params.actor_name ?? null, params.member_name ?? null])).toEqual(
        told.flatMap(() => [null, null]),
      );
    });

    it('what was going on is cancelled, and what nobody else was part of is gone', async () => {
      const { body } = await app.request('GET /projects/{id}', { as: bob, params: { id: shared.id } });
      expect(body.status).toBe('cancelled');
      expect((await app.request('GET /projects/{id}', { as: bob, params: { id: alone.id } })).status).toBe(404);
    });

    it('they have left the teams of others, and their pending requests are closed', async () => {
      const { body: team } = await app.request('GET /projects/{id}/team', { as: bob, params: { id: bobs.id } });
      expect(team.members.map(({ person }) => person.user_id)).toEqual([bob.id]);
      const { body: sent } = await app.request('GET /collaborations/sent', { as: bob });
      expect(sent.map(({ status, reason }) => [status, reason])).toEqual([
        ['cancelled', 'member_left'],
        ['cancelled', 'member_left'],
      ]);
    });

    it('search finds nothing of theirs', async () => {
      for (const q of ['Quillfeather', 'nightjarring', 'whimbreling']) {
        const people = await app.request('GET /search-advanced/profiles', { query: { q } });
        const projects = await app.request('GET /search-advanced/projects', { query: { q } });
        expect([people.status, people.body.items, projects.status, projects.body.items]).toEqual([200, [], 200, []]);
      }
    });
  });
});
