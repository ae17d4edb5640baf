/** Members whom a test makes for itself, and their browsers. */
import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { TEST_PASSWORD, type TestMember } from '../server/platform/testing/test-app.ts';
import type { Product } from './product.ts';

/** A member with a name, who welds. */
export async function named({ app }: Product, first: string): Promise<TestMember> {
  const member = await app.member();
  const { status } = await app.request('PUT /users/me/profile', {
    as: member,
    body: { first_name: first, last_name: 'Berg', college: 'Harbour', major: 'Design', year: 2, skills: ['Welding'] },
  });
  expect(status).toBe(200);
  await app.settled();
  return member;
}

/** Signs in without a page: the next one that is opened is the member's. */
export async function enter(context: BrowserContext, username: string, password = TEST_PASSWORD): Promise<void> {
  const data = { username, password };
  expect((await context.request.post('/api/v1/auth/browser-session', { data })).status()).toBe(201);
}
