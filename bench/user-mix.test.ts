import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../server/platform/testing/test-app.ts';
import { runLoad } from './user-mix.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('the user mix', () => {
  it('lists, searches and creates 3:2:1 as one member, without an error', async () => {
    const { username } = await app.member();
    const report = await runLoad({
      origin: app.url,
      username,
      password: TEST_PASSWORD,
      users: 6,
      seconds: 3,
      think: 0,
    });
    expect(report.errors).toEqual({ total: 0 });
    const { login, list, search, create } = report.kinds;
    expect(login.requests).toBe(6);
    expect(report.requests).toBe(login.requests + list.requests + search.requests + create.requests);
    // Each of the six users is somewhere in a round when the time is over.
    expect(Math.abs(list.requests - 3 * create.requests)).toBeLessThanOrEqual(18);
    expect(Math.abs(search.requests - 2 * create.requests)).toBeLessThanOrEqual(12);
    expect(list.p50).toBeGreaterThan(0);
    const { body } = await app.request('GET /projects', { query: { limit: 1 } });
    expect(body.total).toBe(create.requests);
  });

  it('counts wrong answers by status', async () => {
    const report = await runLoad({
      origin: app.url,
      username: 'nobody',
      password: 'wrong',
      users: 2,
      seconds: 1,
      think: 0,
    });
    expect(report.errors).toEqual({ total: 2, 401: 2 });
  });

  it('counts answers that never came', async () => {
    const report = await runLoad({
      origin: 'http://127.0.0.1:1',
      username: 'x',
      password: 'y',
      users: 2,
      seconds: 1,
      think: 0,
    });
    expect(report.errors).toEqual({ total: 2, network: 2 });
  });
});
