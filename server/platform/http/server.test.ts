/** The HTTP rules that every route follows, on a running service. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('health', () => {
  it.each(['/health', '/health/live', '/health/ready', '/api/v1/health'])('%s answers', async (path) => {
    const answer = await app.fetch(path);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toHaveProperty('status');
  });
});

describe('errors', () => {
  it('answers an unknown address with a problem', async () => {
    const answer = await app.fetch('/api/v1/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ status: 404, code: 'not_found', detail: expect.any(String) });
    expect(body.request_id).toBe(answer.headers.get('x-request-id'));
  });
});

describe('headers', () => {
  it('carries a policy that allows nothing inline', async () => {
    const answer = await app.fetch('/health');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
