/** How two things are measured against each other: the same load, in turns, every answer checked. */
import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { compareSeries, median, rounded } from './statistics.ts';

/** Requests under way at any time. */
export const CONNECTIONS = 64;

export interface Measured {
  per_second: number;
  /** Microseconds of the measured process's CPU for each; absent where it is not known. */
  cpu_us?: number;
}

export interface Contest {
  bench: string;
  unit: string;
  ours(seconds: number): Promise<Measured>;
  reference(seconds: number): Promise<Measured>;
}

export interface Rounds {
  /** At least 5 for figures to be quoted. */
  rounds: number;
  /** Of each turn. */
  seconds: number;
}

/** Warms both up, then measures them in turns, so that what slows the machine down for a while hits both. */
export async function runContest(
  { bench, unit, ours, reference }: Contest,
  { rounds, seconds }: Rounds,
): Promise<object> {
  await ours(seconds);
  await reference(seconds);
  const [a, b]: [Measured[], Measured[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    a.push(await ours(seconds));
    b.push(await reference(seconds));
  }
  const speeds = (measured: Measured[]) => measured.map(({ per_second }) => per_second);
  return {
    bench,
    ...compareSeries(speeds(a), speeds(b)),
    unit,
    rounds,
    ...cpu('cpu_us_per_request', a),
    ...cpu('reference_cpu_us', b),
  };
}

function cpu(name: string, measured: Measured[]): Record<string, number> {
  const known = measured.flatMap(({ cpu_us }) => cpu_us ?? []);
  return known.length === 0 ? {} : { [name]: rounded(median(known), 3) };
}

export interface HttpLoad {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/**
 * Closed loop over 64 connections for so many seconds, by the fastest generator there is; what is under way at the end
 * is dropped, which is little when answers take microseconds. @returns successful answers and how long it took, in seconds
 * @throws when an answer is missing, is not 2xx or is empty
 */
export async function loadHttp(load: HttpLoad, seconds: number): Promise<{ count: number; seconds: number }> {
  const result = await autocannon({
    ...load,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: 30,
    verifyBody: (body) => body.length > 0,
  });
  const { non2xx, errors, timeouts, mismatches } = result;
  if (non2xx + errors + timeouts + mismatches > 0 || result['2xx'] === 0) {
    const bad = JSON.stringify({ non2xx, errors, timeouts, empty: mismatches, ok: result['2xx'] });
    throw new Error(`${load.method ?? 'GET'} ${load.url} gave wrong answers: ${bad}`);
  }
  return { count: result['2xx'], seconds: result.duration };
}

/** The same for answers that take their time: what is under way at the end is waited for, and counts. What has to differ is made for each. */
export async function loadHttpToTheEnd(
  load: HttpLoad | (() => HttpLoad),
  seconds: number,
): Promise<{ count: number; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await askOnce(typeof load === 'function' ? load() : load, agent);
      count += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  } finally {
    agent.destroy();
  }
  return { count, seconds: (performance.now() - start) / 1000 };
}

const askOnce = ({ url, method = 'GET', headers = {}, body }: HttpLoad, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers, timeout: 30_000 }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300 && length > 0) resolve();
        else reject(new Error(`${method} ${url} gave wrong answers: status ${statusCode}, ${length} bytes.`));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${url} did not answer within 30 s.`)));
    sent.on('error', reject);
    sent.end(body);
  });
