import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadHttp, loadHttpToTheEnd, runContest } from './harness.ts';

describe('a contest', () => {
  it('warms up, then lets both sides take turns, and says medians', async () => {
    const turns: string[] = [];
    const side = (name: string, speeds: number[]) => async () => {
      turns.push(name);
      return { per_second: speeds.shift() ?? 0, cpu_us: 20 };
    };
    const line = await runContest(
      { bench: 'x', unit: 'requests/s', ours: side('a', [1, 50, 60, 70]), reference: side('b', [1, 100, 120, 90]) },
      { rounds: 3, seconds: 0 },
    );
    expect(turns.join('')).toBe('abababab');
    expect(line).toEqual({
      bench: 'x',
      unit: 'requests/s',
      rounds: 3,
      ours: 60,
      reference: 100,
      ratio: 0.6,
      ours_min: 50,
      ours_max: 70,
      reference_min: 90,
      reference_max: 120,
      cpu_us_per_request: 20,
      reference_cpu_us: 20,
    });
  });
});

const serving = async (listener: RequestListener, use: (url: string) => Promise<void>) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe.each([loadHttp, loadHttpToTheEnd])('the load by $name', (load) => {
  it('counts answers', () =>
    serving(
      (_request, response) => response.end('ok'),
      async (url) => {
        const { count, seconds } = await load({ url }, 1);
        expect(count).toBeGreaterThan(0);
        expect(seconds).toBeGreaterThan(0);
      },
    ));

  it.each([
    ['an error', 500, 'oops'],
    ['an empty body', 200, ''],
  ])('refuses %s', (_name, status, body) =>
    serving(
      (_request, response) => response.writeHead(status).end(body),
      async (url) => {
        await expect(load({ url }, 1)).rejects.toThrow('wrong answers');
      },
    ),
  );
});
