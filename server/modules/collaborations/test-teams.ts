/** What the tests of collaborations share. */
import type { CollaborationCreate } from '@collabthon/contracts/collaborations';
import type { Project, ProjectCreate } from '@collabthon/contracts/projects';
import type { Problem } from '@collabthon/contracts/shapes';
import { expect } from 'vitest';
import type { Person } from '../../platform/testing/people.ts';
import type { TestAnswer, TestApp } from '../../platform/testing/test-app.ts';

export async function project(app: TestApp, as: Person, fields: Partial<ProjectCreate> = {}): Promise<Project> {
  const body = { title: 'Campus bike map', description: 'A map of the racks.', ...fields };
  const answer = await app.request('POST /projects', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

/** A project with one role, and the role's id. */
export async function projectWithRole(app: TestApp, as: Person, seats = 1): Promise<{ id: number; role_id: number }> {
  const { id, roles } = await project(app, as, { roles: [{ name: 'Maker', seats }] });
  return { id, role_id: roles[0]?.id ?? 0 };
}

export const send = (app: TestApp, as: Person, body: CollaborationCreate) =>
  app.request('POST /collaborations', { as, body });

export async function sent(app: TestApp, as: Person, body: CollaborationCreate): Promise<number> {
  const answer = await send(app, as, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

export const accept = (app: TestApp, as: Person, id: number) =>
  app.request('PUT /collaborations/{id}/accept', { as, params: { id } });

export const read = async (app: TestApp, as: Person, id: number) =>
  (await app.request('GET /collaborations/{id}', { as, params: { id } })).body;

export const team = async (app: TestApp, id: number, as: Person | null = null) =>
  (await app.request('GET /projects/{id}/team', { as, params: { id } })).body;

/** `409 role_full`, or `422 /role_id`; for answers that worked, the status. */
export function outcome({ status, body }: TestAnswer<unknown>): string {
  if (status < 400) return String(status);
  const { code, errors } = body as Problem;
  return `${status} ${errors ? errors.map((error) => error.path).join(' ') : code}`;
}
