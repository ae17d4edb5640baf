import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
