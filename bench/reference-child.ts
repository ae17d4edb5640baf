/** The bare parts that we are measured against: node:http with fixed bytes, pg with the same SQL, argon2 alone. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@node-rs/argon2';
import pg from 'pg';
import { answerParent } from './children.ts';

/** One statement as the driver got it. */
export interface Statement {
  text: string;
  values?: unknown[];
  name?: string;
  rowMode?: 'array';
}

/** What is sent to whoever asks, in base64. */
export interface Served {
  body: string;
  headers: Record<string, string>;
}

export type ReferenceQuestion =
  | { serve: Served }
  | { sql: { databaseUrl: string; statements: Statement[]; connections: number; seconds: number } }
  | { argon2: { hash: string; password: string; concurrency: number; seconds: number } }
  | 'cpu';

export interface ReferenceAnswer {
  url?: string;
  count?: number;
  seconds?: number;
  cpu: number;
}

answerParent<ReferenceQuestion, ReferenceAnswer>(answer, async () => undefined);

async function answer(question: ReferenceQuestion): Promise<ReferenceAnswer> {
  if (question === 'cpu') return { cpu: cpu() };
  if ('serve' in question) return { url: await serve(question.serve), cpu: cpu() };
  if ('sql' in question) {
    const { databaseUrl, statements, connections, seconds } = question.sql;
    const clients = await Promise.all(
      Array.from({ length: connections }, async () => {
        const client = new pg.Client({ connectionString: databaseUrl });
        await client.connect();
        return client;
      }),
    );
    const done = await loop(connections, seconds, async (at) => {
      for (const statement of statements) {
        const result = await clients[at]?.query(statement as pg.QueryConfig);
        if (!result || result.rows.length === 0) throw new Error(`No rows: ${statement.text}`);
      }
    });
    await Promise.all(clients.map((client) => client.end()));
    return done;
  }
  const { hash, password, concurrency, seconds } = question.argon2;
  return loop(concurrency, seconds, async () => {
    if (!(await verify(hash, password))) throw new Error('The password does not fit the hash.');
  });
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Does the work over and over in so many lanes; `cpu` is what it took. */
async function loop(lanes: number, seconds: number, work: (lane: number) => Promise<void>): Promise<ReferenceAnswer> {
  const before = cpu();
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const lane = async (_: unknown, at: number) => {
    while (performance.now() < end) {
      await work(at);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { count, seconds: (performance.now() - start) / 1000, cpu: cpu() - before };
}

async function serve({ body, headers }: Served): Promise<string> {
  const bytes = Buffer.from(body, 'base64');
  const server = createServer((_request, response) => {
    response.writeHead(200, { ...headers, 'content-length': bytes.length });
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
