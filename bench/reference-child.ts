/** The bare parts that we are measured against: node:http with fixed bytes, pg with the same SQL, argon2 alone. */
import { randomInt, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@node-rs/argon2';
import pg from 'pg';
import { isQuestion, type Statement } from '../server/platform/testing/statements.ts';
import { answerParent } from './children.ts';

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
    // Every one of them finds something; what a change looks for may not be there.
    const isReading = statements.every(isQuestion);
    const done = await loop(connections, seconds, async (at) => {
      for (const statement of withNewIds(statements)) {
        const result = await clients[at]?.query(statement as pg.QueryConfig);
        if (!result || (isReading && result.rows.length === 0)) throw new Error(`No rows: ${statement.text}`);
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

const MADE_UP = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|project\/\d+/g;

/**
 * The same statements about something new: each id that the service made up is another one, and so is the entity that it
 * locks for its events, for which all would wait in a row.
 */
function withNewIds(statements: Statement[]): Statement[] {
  const fresh = new Map<string, string>();
  const renew = (id: string) => {
    const other = fresh.get(id) ?? (id.startsWith('project/') ? `project/${randomInt(2 ** 47)}` : randomUUID());
    fresh.set(id, other);
    return other;
  };
  return statements.map((statement) => ({
    ...statement,
    values: statement.values.map((value) => (typeof value === 'string' ? value.replaceAll(MADE_UP, renew) : value)),
  }));
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
