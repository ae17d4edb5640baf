/** What the tests of notifications share. */
import type { CollaborationCreate } from '@collabthon/contracts/collaborations';
import type { Notification } from '@collabthon/contracts/notifications';
import type { Project, ProjectCreate, ProjectStatus } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Person } from '../../platform/testing/people.ts';
import type { TestApp } from '../../platform/testing/test-app.ts';

/** A project with one role, and the role's id. */
export async function project(
  app: TestApp,
  as: Person,
  { seats = 5, ...fields }: Partial<ProjectCreate> & { seats?: number } = {},
): Promise<Project & { role_id: number }> {
  const body = { title: 'Tide clock', description: 'Shows the tide.', roles: [{ name: 'Maker', seats }], ...fields };
  const answer = await app.request('POST /projects', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return { ...answer.body, role_id: answer.body.roles[0]?.id ?? 0 };
}

export async function ask(app: TestApp, as: Person, body: CollaborationCreate): Promise<number> {
  const answer = await app.request('POST /collaborations', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

export async function answer(app: TestApp, as: Person, id: number, how: 'accept' | 'reject' = 'accept') {
  const { status } = await app.request(`PUT /collaborations/{id}/${how}`, { as, params: { id } });
  expect(status).toBe(200);
}

/** Joins as an applicant whom the owner accepts. */
export async function join(
  app: TestApp,
  owner: Person,
  person: Person,
  { id, role_id }: { id: number; role_id: number },
) {
  await answer(app, owner, await ask(app, person, { receiver_id: owner.id, project_id: id, role_id }));
  await app.settled();
}

export async function move(app: TestApp, as: Person, id: number, status: ProjectStatus) {
  expect((await app.request('PUT /projects/{id}', { as, params: { id }, body: { status } })).status).toBe(200);
}

export async function list(app: TestApp, as: Person, query: { unread_only?: boolean } = {}): Promise<Notification[]> {
  await app.settled();
  return (await app.request('GET /notifications', { as, query: { limit: 100, ...query } })).body.items;
}

/** What each of these people is told from now on, the first first. */
export function listening(app: TestApp, ...everybody: Person[]) {
  let before: number[] | undefined;
  const highest = async () => {
    await app.settled();
    const { rows } = await app.db.execute<{ id: number }>(sql`
      SELECT coalesce(max(id), 0) AS id FROM notifications.notifications`);
    return rows[0]?.id ?? 0;
  };
  return {
    async start() {
      before = [await highest()];
      return this;
    },
    async heard(): Promise<string[][]> {
      const [since = 0] = before ?? [];
      return Promise.all(
        everybody.map(async (person) =>
          (await list(app, person))
            .filter(({ id }) => id > since)
            .map(({ type }) => type)
            .reverse(),
        ),
      );
    },
  };
}

/** Runs what is to be run later, as if its time had come. */
export async function letTimePass(app: TestApp, queue: string) {
  await app.db.execute(sql`UPDATE pgboss.job SET start_after = now() WHERE name = ${queue} AND state < 'active'`);
  await app.settled();
}

/** Runs a job that the clock starts. */
export async function tick(
  app: TestApp,
  name:
    | 'collaborations.remind_and_expire'
    | 'projects.expire'
    | 'notifications.make_digests'
    | 'notifications.clean_up',
) {
  await app.db.transaction((tx) => app.platform.jobs.send(tx, name, {}));
  await app.settled();
}
