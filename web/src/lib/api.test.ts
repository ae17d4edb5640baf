import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { api } from './api.ts';
import { provideSurroundings } from './surroundings.ts';

/** Announces more than it sends before it hangs up. */
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"items":', () => response.destroy());
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  provideSurroundings(() => ({ fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), cookie: '' }));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('takes an answer that breaks off in the middle for none', async () => {
  await expect(api('GET /auth/providers')).rejects.toMatchObject({ status: 0, code: 'network' });
});

it('does not ask again before the server wants to be asked', async () => {
  vi.stubEnv('SSR', false);
  onTestFinished(() => void vi.unstubAllEnvs());
  let asked = 0;
  provideSurroundings(() => ({
    cookie: '',
    fetch: async () => {
      asked += 1;
      return Response.json(
        { code: 'too_many_requests', params: { seconds: 30 } },
        { status: 429, headers: { 'retry-after': '30' } },
      );
    },
  }));
  const refused = { status: 429, code: 'too_many_requests' };
  for (let n = 0; n < 3; n += 1) await expect(api('GET /projects/stats')).rejects.toMatchObject(refused);
  await expect(api('GET /projects/stats')).rejects.toSatisfy(
    ({ retryAfter, params }) => retryAfter > 25 && retryAfter <= 30 && params.seconds === retryAfter,
  );
  expect(asked).toBe(1);
  await expect(api('GET /projects')).rejects.toMatchObject(refused);
  expect(asked).toBe(2);
});
