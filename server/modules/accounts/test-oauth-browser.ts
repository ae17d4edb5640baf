/**
 * A browser, as far as signing in through a provider needs one: it keeps cookies and follows nothing by itself. Its owner
 * reads Hindi.
 */
import { expect } from 'vitest';
import type { TestApp } from '../../platform/testing/test-app.ts';

export const HOME = 'http://localhost:8000';

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0] ?? '')
    .filter((cookie) => !cookie.endsWith('='));

export const problemOf = (location: string) => new URL(location, HOME).searchParams.get('problem');

export function openBrowser(app: TestApp) {
  async function start(provider: string, { cookies = [] as string[], returnTo = '/work' } = {}) {
    const response = await app.fetch(`/api/v1/auth/oauth/${provider}/start?return_to=${encodeURIComponent(returnTo)}`, {
      headers: { cookie: cookies.join('; ') },
    });
    expect(response.status).toBe(302);
    return { location: new URL(response.headers.get('location') ?? ''), cookies: cookiesOf(response), response };
  }

  /** The last step of the flow. @returns where the browser goes, and the session cookie if it got one */
  async function finish(provider: string, search: string | URLSearchParams, cookies: string[]) {
    const response = await app.fetch(`/api/v1/auth/oauth/${provider}/callback?${search}`, {
      headers: { cookie: cookies.join('; '), 'accept-language': 'hi-IN,en;q=0.5' },
    });
    expect(response.status).toBe(302);
    const session = cookiesOf(response).find((cookie) => cookie.startsWith('session='));
    return { location: response.headers.get('location') ?? '', session, response };
  }

  const meBy = async (session: string | undefined) => {
    const response = await app.fetch('/api/v1/auth/me', { headers: { cookie: session ?? '' } });
    return (await response.json()) as Record<string, unknown>;
  };

  return { start, finish, meBy };
}
