/** The guide's users: each signs in, then lists, searches and creates until the time is over. */
import { setTimeout as delay } from 'node:timers/promises';
import { percentile, rounded } from './statistics.ts';

export interface LoadOptions {
  origin: string;
  username: string;
  password: string;
  users: number;
  seconds: number;
  /** Milliseconds between two requests of a user. */
  think: number;
}

type Kind = 'login' | 'list' | 'search' | 'create';

interface Latency {
  requests: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}

export interface LoadReport {
  bench: 'load';
  users: number;
  seconds: number;
  requests: number;
  rps: number;
  /** By status; `network` is no answer at all, `empty` a success without a body. */
  errors: { total: number } & Record<string, number>;
  kinds: Record<Kind, Latency>;
}

/** In the order of a round of six requests, so that the weights are exact and the kinds are mixed. */
const mix: Kind[] = ['list', 'search', 'list', 'create', 'list', 'search'];
const words = ['react', 'robot', 'climate', 'film', 'data', 'game', 'pyhton', 'design', 'market', 'sensor'];

export async function runLoad({ origin, username, password, users, seconds, think }: LoadOptions): Promise<LoadReport> {
  const times: Record<Kind, number[]> = { login: [], list: [], search: [], create: [] };
  const errors: LoadReport['errors'] = { total: 0 };
  const wrong = (name: string) => {
    errors.total += 1;
    errors[name] = (errors[name] ?? 0) + 1;
  };

  const send = async (kind: Kind, path: string, init: RequestInit = {}): Promise<string | null> => {
    const start = performance.now();
    try {
      const response = await fetch(`${origin}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(30_000) });
      const body = await response.text();
      times[kind].push(performance.now() - start);
      if (response.ok && body.length > 0) return body;
      wrong(response.ok ? 'empty' : String(response.status));
    } catch {
      times[kind].push(performance.now() - start);
      wrong('network');
    }
    return null;
  };
  const post = (body: object, token?: string): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

  const start = performance.now();
  const end = start + seconds * 1000;
  const user = async (_: unknown, number: number) => {
    const login = await send('login', '/auth/login', post({ username, password }));
    if (!login) return;
    const token = (JSON.parse(login) as { access_token: string }).access_token;
    const signedIn = { headers: { authorization: `Bearer ${token}` } };
    const word = (turn: number) => words[(number + turn) % words.length] ?? '';
    const requests: Record<Exclude<Kind, 'login'>, (turn: number) => Promise<unknown>> = {
      list: () => send('list', '/projects?limit=20', signedIn),
      search: (turn) => send('search', `/search-advanced/projects?q=${word(turn)}`, signedIn),
      create: (turn) =>
        send(
          'create',
          '/projects',
          post(
            {
              title: `Load test project ${number}-${turn}`,
              description: `Written by simulated user ${number} to see how ${word(turn)} fares under load.`,
              required_skills: ['Python', 'React'],
            },
            token,
          ),
        ),
    };
    // Users start at different places of the round.
    for (let turn = number; performance.now() < end; turn++) {
      await requests[mix[turn % mix.length] as Exclude<Kind, 'login'>](turn);
      if (think > 0) await delay(think);
    }
  };
  await Promise.all(Array.from({ length: users }, user));

  const took = (performance.now() - start) / 1000;
  const requests = Object.values(times).reduce((sum, { length }) => sum + length, 0);
  return {
    bench: 'load',
    users,
    seconds: rounded(took),
    requests,
    rps: rounded(requests / took),
    errors,
    kinds: {
      login: latency(times.login),
      list: latency(times.list),
      search: latency(times.search),
      create: latency(times.create),
    },
  };
}

const latency = (times: number[]): Latency => ({
  requests: times.length,
  p50: rounded(percentile(times, 0.5), 3),
  p95: rounded(percentile(times, 0.95), 3),
  p99: rounded(percentile(times, 0.99), 3),
});
