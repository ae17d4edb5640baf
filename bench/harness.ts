/** How two things are measured against each other: the same load, in turns, every answer checked. */
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
export async function runContest({ bench, unit, ours, reference }: Contest, { rounds, seconds }: Rounds): Promise<object> {
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
 * Closed loop over 64 connections for so many seconds. @returns successful answers and how long it took, in seconds
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
