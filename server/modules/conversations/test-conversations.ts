/** What the tests of conversations share. */
import { randomUUID } from 'node:crypto';
import type { Message } from '@collabthon/contracts/conversations';
import type { Problem } from '@collabthon/contracts/shapes';
import { expect } from 'vitest';
import type { Person } from '../../platform/testing/people.ts';
import type { TestAnswer, TestApp } from '../../platform/testing/test-app.ts';

export async function project(app: TestApp, as: Person, title = 'Campus bike map'): Promise<number> {
  const answer = await app.request('POST /projects', { as, body: { title, description: 'A map of the racks.' } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

/** @returns the id of the request */
export async function apply(app: TestApp, as: Person, owner: Person, project_id: number): Promise<number> {
  const answer = await app.request('POST /collaborations', { as, body: { receiver_id: owner.id, project_id } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

export async function accept(app: TestApp, as: Person, id: number): Promise<void> {
  expect((await app.request('PUT /collaborations/{id}/accept', { as, params: { id } })).status).toBe(200);
}

export async function leave(app: TestApp, as: Person, project_id: number): Promise<void> {
  const params = { id: project_id, user_id: as.id };
  expect((await app.request('DELETE /projects/{id}/members/{user_id}', { as, params })).status).toBe(204);
}

export const list = async (app: TestApp, as: Person) => (await app.request('GET /conversations', { as })).body.items;

/** A project whose team is the owner and these people. @returns the ids of the project and of the team's conversation */
export async function team(app: TestApp, owner: Person, others: Person[]): Promise<{ project: number; id: number }> {
  const id = await project(app, owner);
  for (const person of others) await accept(app, owner, await apply(app, person, owner, id));
  await app.settled();
  const found = (await list(app, owner)).find((one) => one.kind === 'team' && one.project?.id === id);
  if (!found) throw new Error('The team has no conversation.');
  return { project: id, id: found.id };
}

/** The conversation of a request between these two that waits. */
export async function waiting(app: TestApp, owner: Person, applicant: Person) {
  const about = await project(app, owner);
  const request = await apply(app, applicant, owner, about);
  await app.settled();
  const found = (await list(app, applicant)).find((one) => one.request_id === request);
  if (!found) throw new Error('The request has no conversation.');
  return { project: about, request, id: found.id };
}

export const send = (app: TestApp, as: Person, id: number, text: string, client_id: string = randomUUID()) =>
  app.request('POST /conversations/{id}/messages', { as, params: { id }, body: { client_id, text } });

export async function said(app: TestApp, as: Person, id: number, text: string): Promise<Message> {
  const answer = await send(app, as, id, text);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

export const read = (
  app: TestApp,
  as: Person,
  id: number,
  query: { before?: number; after?: number; limit?: number } = {},
) => app.request('GET /conversations/{id}/messages', { as, params: { id }, query });

export const texts = async (app: TestApp, as: Person, id: number) =>
  (await read(app, as, id)).body.items.map(({ text }) => text);

/** `409 conversation_closed`, or `422 /text`; for answers that worked, the status. */
export function outcome({ status, body }: TestAnswer<unknown>): string {
  if (status < 400) return String(status);
  const { code, errors } = body as Problem;
  return `${status} ${errors ? errors.map((error) => error.path).join(' ') : code}`;
}
