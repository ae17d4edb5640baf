/**
 * `npm run bench -- streams`: what an open stream costs when there are 5,000 of them, against bare node:http holding the
 * same connections; and how long a message takes from being sent until it is on the streams of a team of five, or of
 * everybody. Ours commits it first, the bare part only hands it on.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { createAuth } from '../server/platform/auth/auth.ts';
import { createDatabase, type Db } from '../server/platform/database/database.ts';
import { startEmbeddedPostgres } from '../server/platform/database/embedded-postgres.ts';
import { migrate, migrationSources } from '../server/platform/database/migrate.ts';
import { createPool } from '../server/platform/database/pool.ts';
import { allModules } from '../server/services/modules.ts';
import { type Child, pinGenerator, startChild } from './children.ts';
import { benchConfig } from './config.ts';
import { percentile, rounded } from './statistics.ts';
import type { StreamsAnswer, StreamsQuestion } from './streams-child.ts';

const STREAMS = 5000;
const TEAM = 5;
const MESSAGES = 300;
/** To all streams at once. */
const TO_ALL = 5;

type Measured = Child<StreamsQuestion, StreamsAnswer>;

export async function run(print: (line: object) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'collabthon-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  const file = join(import.meta.dirname, 'streams-child.ts');
  const { signingKey } = benchConfig().secrets;
  const children: Measured[] = [];
  try {
    const tokens = await issueTokens(signingKey);
    await migrate(postgres.url, migrationSources(allModules));
    const { team, everybody } = await withDatabase(postgres.url, prepare);
    pinGenerator();
    const [ours, bare] = [
      await startChild<StreamsQuestion, StreamsAnswer>(file),
      await startChild<StreamsQuestion, StreamsAnswer>(file),
    ];
    children.push(ours, bare);
    const reference = await measure(bare, 'bare', tokens, () => '/');
    const path = (id: number) => () => `/api/v1/conversations/${id}/messages`;
    const serving = await measure(ours, { serve: { databaseUrl: postgres.url, signingKey } }, tokens, path(team));
    print({
      bench: 'streams_memory',
      ours: rounded(serving.bytes / 1024),
      reference: rounded(reference.bytes / 1024),
      ratio: rounded(serving.bytes / reference.bytes, 3),
      unit: 'KiB a stream',
      streams: STREAMS,
    });
    print({ bench: 'streams_to_team', ...serving.latency, unit: 'ms', streams: STREAMS, readers: TEAM });
    print({ bench: 'streams_to_team_bare', ...reference.latency, unit: 'ms', streams: STREAMS, readers: TEAM });
    const all = await serving.send(path(everybody), TO_ALL, STREAMS);
    print({ bench: 'streams_to_all', ...all, unit: 'ms', streams: STREAMS, readers: STREAMS });
    serving.leave();
    reference.leave();
  } finally {
    for (const child of children) await child.stop();
    await postgres.stop();
    await rm(postgres.dataFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(child: Measured, start: StreamsQuestion, tokens: string[], pathOf: () => string) {
  const { url } = await child.ask(start);
  const readers = createReaders(url);
  // What the first ones make the process load and compile is no cost of a stream.
  await readers.open(tokens.slice(0, 200));
  const { memory: before } = await child.ask('memory');
  await readers.open(tokens.slice(200));
  const { memory: after } = await child.ask('memory');
  const send = async (path: () => string, messages: number, receivers: number) => {
    const took: number[] = [];
    for (let n = 0; n < messages; n += 1) {
      const client_id = randomUUID();
      const heard = readers.expect(client_id, receivers);
      const begun = performance.now();
      const answer = await fetch(url + path(), {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[0]}`, 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, text: 'Shall we meet on Tuesday, where we met last time?' }),
      });
      if (answer.status !== 201) throw new Error(`Sending was answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      for (const at of await heard) took.push(at - begun);
    }
    return { p50: rounded(percentile(took, 0.5)), p99: rounded(percentile(took, 0.99)) };
  };
  await send(pathOf, 30, TEAM);
  return {
    bytes: (after - before) / (tokens.length - 200),
    latency: await send(pathOf, MESSAGES, TEAM),
    send,
    leave: readers.leave,
  };
}

/** Many streams read by bare sockets, so that the reader costs little. */
function createReaders(url: string) {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let wanted = '';
  let left = 0;
  let times: number[] = [];
  let done: (times: number[]) => void = () => {};

  const openOne = async (token: string) => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.setEncoding('utf8');
    socket.write(`GET /api/v1/stream HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    let start = '';
    while (!start.includes('event: ready')) start += (await once(socket, 'data'))[0];
    socket.on('data', (text: string) => {
      if (wanted === '' || !text.includes(wanted)) return;
      times.push(performance.now());
      left -= 1;
      if (left === 0) done(times);
    });
  };
  return {
    async open(tokens: readonly string[]) {
      for (let at = 0; at < tokens.length; at += 50) await Promise.all(tokens.slice(at, at + 50).map(openOne));
    },
    /** When each of so many readers hears of it. */
    expect(name: string, readers: number): Promise<number[]> {
      [wanted, left, times] = [name, readers, []];
      return new Promise((resolve) => {
        done = resolve;
      });
    },
    leave() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function issueTokens(signingKey: Parameters<typeof createAuth>[0]): Promise<string[]> {
  const nobody = { has: () => false, add: async () => {}, remember: () => {}, onRevoked: () => {}, close: () => {} };
  const auth = createAuth(signingKey, nobody);
  return Promise.all(
    Array.from({ length: STREAMS }, (_, at) =>
      auth.issueAccessToken({
        user_id: at + 1,
        username: `bench_${at + 1}`,
        role: 'student',
        session_id: at + 1,
        is_verified: true,
      }),
    ),
  );
}

async function withDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const pool = createPool(url, 'bench', { kept: 1, burst: 1, queue: 10 });
  try {
    return await work(createDatabase(pool));
  } finally {
    await pool.end();
  }
}

/** Two conversations: of the first five, and of everybody. */
async function prepare(db: Db): Promise<{ team: number; everybody: number }> {
  const begin = async (project: number, members: number) => {
    const { rows } = await db.execute<{ id: number }>(sql`
      INSERT INTO conversations.conversations (kind, project_id) VALUES ('team', ${project}) RETURNING id`);
    const id = rows[0]?.id ?? 0;
    await db.execute(sql`
      INSERT INTO conversations.members (conversation_id, user_id) SELECT ${id}, n FROM generate_series(1, ${members}) AS n`);
    return id;
  };
  await db.execute(sql`
    INSERT INTO conversations.people (user_id, card)
    SELECT n, jsonb_build_object('user_id', n, 'username', 'bench_' || n, 'name', 'Bench ' || n, 'college', NULL,
      'is_verified_student', false, 'avatar_url', NULL)
    FROM generate_series(1, ${STREAMS}) AS n`);
  return { team: await begin(1, TEAM), everybody: await begin(2, STREAMS) };
}
