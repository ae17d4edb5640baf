/** What the tests of projects share. */
import type { ProjectCreate } from '@collabthon/contracts/projects';
import type { Problem } from '@collabthon/contracts/shapes';
import { expect } from 'vitest';
import type { TestAnswer, TestApp, TestMember } from '../../platform/testing/test-app.ts';

type Poster = Pick<TestMember, 'token'>;

/** A complete post; say only what matters. */
export const post = (fields: Partial<ProjectCreate> = {}): ProjectCreate => ({
  title: 'Campus bike map',
  description: 'A map of the racks, kept by those who ride.',
  ...fields,
});

export async function postProject(app: TestApp, as: Poster, fields: Partial<ProjectCreate> = {}) {
  const answer = await app.request('POST /projects', { as, body: post(fields) });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

/** Fills the profile, and waits until the other modules know the card. */
export async function fillProfile(app: TestApp, as: Poster, college: string): Promise<void> {
  const body = { first_name: 'Ada', last_name: 'Byron', college, major: 'Mathematics', year: 2 };
  const answer = await app.request('POST /users/me/profile', { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await app.settled();
}

/** Status, code and paths of an error answer, to compare in one line. */
export function refusal({ status, body }: TestAnswer<unknown>): { status: number; code: string; paths?: string[] } {
  const { code, errors } = body as Problem;
  return { status, code, ...(errors && { paths: errors.map((error) => error.path) }) };
}
