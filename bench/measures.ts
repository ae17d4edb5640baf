/** What is measured over HTTP, and against what. */
import { readdirSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { webFolder } from './config.ts';
import { CONNECTIONS, type Contest, type HttpLoad, loadHttp, loadHttpToTheEnd, type Measured } from './harness.ts';
import type { ReferenceQuestion, Served } from './reference-child.ts';
import { LOGIN, paths, posting, type Stage } from './stage.ts';

const LIVE = '/api/v1/health/live';

/** Each of them, made when the stage is ready. */
export const measures: Record<string, (stage: Stage) => Promise<Contest>> = {
  /** The whole stack with a handler that does nothing, against node:http that sends the same bytes. */
  hello: (stage) => againstBytes(stage, 'hello', stage, { url: stage.url + LIVE }),

  /** A cached list of 20 projects through the whole stack, likewise. */
  'hot-list': async (stage) => {
    const cached = await stage.startService(64);
    return againstBytes(stage, 'hot-list', cached, { url: cached.url + paths.list });
  },

  /** A built file of the web as a browser gets it, of middling size, likewise. */
  asset: (stage) =>
    againstBytes(stage, 'asset', stage, { url: stage.url + middlingAsset(), headers: { 'accept-encoding': 'br' } }),

  /** 20 of 10,000 projects with owners, against the same SQL by the bare driver over as many connections. */
  list: async (stage) => againstSql(stage, 'list', { url: stage.url + paths.list }),

  /** One project, likewise. */
  row: async (stage) => againstSql(stage, 'row', { url: stage.url + paths.row(stage.projectId) }),

  /** A project with its event, jobs and idempotency key, likewise. */
  create: async (stage) => {
    const signedIn = await fetch(`${stage.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(LOGIN),
    });
    const { access_token } = (await signedIn.json()) as { access_token: string };
    return againstSql(stage, 'create', () => {
      const { url, ...request } = posting(access_token);
      return { ...request, url: stage.url + url };
    });
  },

  /** Signing in, against argon2 alone with the same hash. */
  login: async (stage) => {
    const load: HttpLoad = {
      url: `${stage.url}/api/v1/auth/login`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(LOGIN),
    };
    return {
      bench: 'login',
      unit: 'logins/s',
      ours: (seconds) => overHttp(stage, loadHttpToTheEnd, load, seconds),
      reference: (seconds) =>
        inReference(stage, {
          argon2: { hash: stage.passwordHash, password: LOGIN.password, concurrency: CONNECTIONS, seconds },
        }),
    };
  },
};

/** Against node:http that sends the same bytes. */
async function againstBytes(
  { reference }: Stage,
  bench: string,
  ours: Pick<Stage, 'service'>,
  load: HttpLoad,
): Promise<Contest> {
  const served = await fetchRaw(load);
  const { url = '' } = await reference.ask({ serve: served });
  return {
    bench,
    unit: 'requests/s',
    ours: (seconds) => overHttp(ours, loadHttp, load, seconds),
    reference: async (seconds) => {
      const { cpu: before } = await reference.ask('cpu');
      const { count, seconds: took } = await loadHttp({ ...load, url }, seconds);
      const { cpu: after } = await reference.ask('cpu');
      return { per_second: count / took, cpu_us: (after - before) / count };
    },
  };
}

/** The answer as its bytes come, encoded or not. */
const fetchRaw = ({ url, headers = {} }: HttpLoad): Promise<Served> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, async (response) => {
      const { 'content-type': type = '', 'content-encoding': encoding } = response.headers;
      const body = Buffer.concat(await response.toArray()).toString('base64');
      resolve({ body, headers: { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) } });
    }).on('error', reject);
  });

/** Of the scripts that the build has encoded, the one in the middle by size. */
function middlingAsset(): string {
  const scripts = readdirSync(join(webFolder, 'assets'))
    .filter((name) => name.endsWith('.js.br'))
    .map((name) => ({ name, size: statSync(join(webFolder, 'assets', name)).size }))
    .sort((one, other) => one.size - other.size);
  const middle = scripts[Math.floor(scripts.length / 2)];
  if (!middle) throw new Error('The web is not built.');
  return `/assets/${middle.name.slice(0, -'.br'.length)}`;
}

const againstSql = (stage: Stage, bench: keyof Stage['statements'], load: HttpLoad | (() => HttpLoad)): Contest => ({
  bench,
  unit: 'requests/s',
  ours: (seconds) => overHttp(stage, loadHttpToTheEnd, load, seconds),
  reference: (seconds) =>
    inReference(stage, {
      sql: { databaseUrl: stage.databaseUrl, statements: stage.statements[bench], connections: CONNECTIONS, seconds },
    }),
});

async function overHttp<Load>(
  { service }: Pick<Stage, 'service'>,
  generate: (load: Load, seconds: number) => Promise<{ count: number; seconds: number }>,
  load: Load,
  seconds: number,
): Promise<Measured> {
  const { cpu: before } = await service.ask('cpu');
  const { count, seconds: took } = await generate(load, seconds);
  const { cpu: after } = await service.ask('cpu');
  return { per_second: count / took, cpu_us: (after - before) / count };
}

async function inReference({ reference }: Stage, question: ReferenceQuestion): Promise<Measured> {
  const { count = 0, seconds = 0, cpu } = await reference.ask(question);
  return { per_second: count / seconds, cpu_us: cpu / count };
}
