/** What is measured over HTTP, and against what. */
import { CONNECTIONS, type Contest, type HttpLoad, loadHttp, loadHttpToTheEnd, type Measured } from './harness.ts';
import type { ReferenceQuestion } from './reference-child.ts';
import { LOGIN, paths, type Stage } from './stage.ts';

const LIVE = '/api/v1/health/live';

/** Each of them, made when the stage is ready. */
export const measures: Record<string, (stage: Stage) => Promise<Contest>> = {
  /** The whole stack with a handler that does nothing, against node:http that sends the same bytes. */
  hello: async (stage) => {
    const response = await fetch(stage.url + LIVE);
    const body = await response.text();
    const { url = '' } = await stage.reference.ask({
      serve: { body, contentType: response.headers.get('content-type') ?? 'application/json' },
    });
    return {
      bench: 'hello',
      unit: 'requests/s',
      ours: (seconds) => overHttp(stage, loadHttp, { url: stage.url + LIVE }, seconds),
      reference: async (seconds) => {
        const { cpu: before } = await stage.reference.ask('cpu');
        const { count, seconds: took } = await loadHttp({ url }, seconds);
        const { cpu: after } = await stage.reference.ask('cpu');
        return { per_second: count / took, cpu_us: (after - before) / count };
      },
    };
  },

  /** 20 of 10,000 projects with owners, against the same SQL by the bare driver over as many connections. */
  list: async (stage) => againstSql(stage, 'list', paths.list),

  /** One project, likewise. */
  row: async (stage) => againstSql(stage, 'row', paths.row(stage.projectId)),

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

const againstSql = (stage: Stage, bench: 'list' | 'row', path: string): Contest => ({
  bench,
  unit: 'requests/s',
  ours: (seconds) => overHttp(stage, loadHttpToTheEnd, { url: stage.url + path }, seconds),
  reference: (seconds) =>
    inReference(stage, {
      sql: { databaseUrl: stage.databaseUrl, statements: stage.statements[bench], connections: CONNECTIONS, seconds },
    }),
});

async function overHttp(
  { service }: Stage,
  generate: typeof loadHttp,
  load: HttpLoad,
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
