/** Messages to a team, and the open pages of all of its members: everybody hears each message once and in order. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { conversations } from '../../server/modules/conversations/index.ts';
import { createAuth } from '../../server/platform/auth/auth.ts';
import type { SigningKey } from '../../server/platform/config/config.ts';
import { testConfig } from '../../server/platform/config/test-config.ts';
import type { Db } from '../../server/platform/database/database.ts';
import { migrate, migrationSources } from '../../server/platform/database/migrate.ts';
import { readStream, type StreamReader, type Told } from '../../server/platform/testing/stream-reader.ts';
import { openPool } from '../effects.ts';
import type { Scenario } from '../scenario.ts';
import { openService } from '../service.ts';

const MEMBERS = 5;
/** Sent again as often, under the same name, as somebody without a connection does. */
const TRIES = 20;

export const scenario: Scenario = {
  async work(url) {
    const { db, end } = openPool(url);
    try {
      const { rows } = await db.execute<{ key: SigningKey }>(sql`SELECT key FROM chaos_key`);
      const [{ key: signingKey }] = rows as [{ key: SigningKey }];
      const config = { secrets: { signingKey } };
      const service = await openService(url, { modules: [conversations], work: false, config });
      const address = await service.listen();
      await db.execute(sql`INSERT INTO chaos_serving (url) VALUES (${address})`);
    } finally {
      await end();
    }
  },

  async open({ databaseUrl, random }) {
    await migrate(databaseUrl, migrationSources([conversations]));
    const { db, end } = openPool(databaseUrl);
    const { id, members } = await prepare(db);
    const servers = followServers(db, random);
    // Two of each member: one that comes back must not be told from where the other one is.
    const pages = [...members, ...members].map((member) => openPage(member, servers.any, random));

    return {
      async act(n) {
        const member = members[n % members.length] as Member;
        const client_id = randomUUID();
        for (let tries = 1; ; tries += 1) {
          const answer = await fetch(`${servers.any()}/api/v1/conversations/${id}/messages`, {
            method: 'POST',
            headers: { authorization: `Bearer ${member.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ client_id, text: String(n) }),
            signal: AbortSignal.timeout(5000),
          }).catch(() => null);
          if (answer?.status === 201) return;
          if (tries === TRIES) throw new Error(`Nobody took message ${n}.`);
          await pause(100);
        }
      },
      /** Every page loses its connection, and every process that by which it hears of the others. */
      async disturb() {
        for (const page of pages) page.breakOff();
        await db.execute(sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'collabthon listener'`);
      },
      async isQuiet() {
        const { rows } = await db.execute<{ user_id: number; last: number }>(
          sql`SELECT user_id, last FROM platform.stream_heads`,
        );
        return pages.every(({ member, after }) => after() === rows.find((row) => row.user_id === member.id)?.last);
      },
      async verdict(acknowledged) {
        const { rows } = await db.execute<{ position: number; n: number }>(sql`
          SELECT position, text::int AS n FROM conversations.messages`);
        const numbers = new Map(rows.map(({ position, n }) => [position, n]));
        const heard = pages.map(({ told }) => countMessages(told, numbers));
        const writtenAgain = rows.length - new Set(rows.map(({ n }) => n)).size;
        const all = new Map<number, number>();
        for (const n of acknowledged) {
          const times = heard.map(({ at }) => at.get(n));
          if (times.every((at) => at !== undefined)) all.set(n, Math.max(...times));
        }
        return {
          lost: acknowledged.size - all.size,
          duplicated: heard.reduce((sum, { again }) => sum + again, writtenAgain),
          stuck: heard.reduce((sum, { disorder }) => sum + disorder, 0),
          effects: all,
        };
      },
      async close() {
        servers.stop();
        await Promise.all(pages.map((page) => page.close()));
        await end();
      },
    };
  },
};

interface Member {
  id: number;
  token: string;
}

/** A team and its conversation, as the events of collaborations would leave them. */
async function prepare(db: Db): Promise<{ id: number; members: Member[] }> {
  const { signingKey } = testConfig().secrets;
  await db.execute(sql`CREATE TABLE chaos_key AS SELECT ${JSON.stringify(signingKey)}::jsonb AS key`);
  await db.execute(sql`CREATE TABLE chaos_serving (id bigint GENERATED ALWAYS AS IDENTITY, url text)`);
  const { rows } = await db.execute<{ id: number }>(sql`
    INSERT INTO conversations.conversations (kind, project_id) VALUES ('team', 1) RETURNING id`);
  const [{ id }] = rows as [{ id: number }];
  const auth = createAuth(signingKey, {
    has: () => false,
    add: async () => {},
    remember: () => {},
    onRevoked: () => {},
    close: () => {},
  });
  const members: Member[] = [];
  for (let user_id = 1; user_id <= MEMBERS; user_id += 1) {
    const username = `member_${user_id}`;
    const card = { user_id, username, name: username, college: null, is_verified_student: false, avatar_url: null };
    await db.execute(
      sql`INSERT INTO conversations.people (user_id, card) VALUES (${user_id}, ${JSON.stringify(card)}::jsonb)`,
    );
    await db.execute(sql`INSERT INTO conversations.members (conversation_id, user_id) VALUES (${id}, ${user_id})`);
    const principal = { user_id, username, role: 'student' as const, session_id: user_id, is_verified: true };
    members.push({ id: user_id, token: await auth.issueAccessToken(principal) });
  }
  return { id, members };
}

/** The addresses of the latest processes, as they come and go. */
function followServers(db: Db, random: () => number) {
  let urls: string[] = [];
  const look = async () => {
    const { rows } = await db.execute<{ url: string }>(sql`SELECT url FROM chaos_serving ORDER BY id DESC LIMIT 2`);
    urls = rows.map(({ url }) => url);
  };
  const timer = setInterval(() => void look().catch(() => {}), 50);
  return {
    any: () => urls[Math.floor(random() * urls.length)] ?? 'http://127.0.0.1:9',
    stop: () => clearInterval(timer),
  };
}

type Heard = Told & { at: number };

/** A page that comes back whenever its stream ends, to whichever process, and goes on after what it heard last. */
function openPage(member: Member, anyServer: () => string, random: () => number) {
  const told: Heard[] = [];
  let after = 0;
  let reader: StreamReader | undefined;
  let isClosed = false;
  const onTold = (one: Told) => {
    told.push({ ...one, at: Date.now() });
    after = one.id ?? after;
  };
  const running = (async () => {
    while (!isClosed) {
      reader = await readStream(anyServer(), { token: member.token, after, onTold }).catch(() => undefined);
      // As a phone in a pocket does.
      const breakOff = setTimeout(() => reader?.leave(), 100 + 1500 * random());
      await reader?.ended;
      clearTimeout(breakOff);
      await pause(50);
    }
  })();
  return {
    member,
    told,
    after: () => after,
    breakOff: () => reader?.leave(),
    async close() {
      isClosed = true;
      reader?.leave();
      await running;
    },
  };
}

/**
 * When a page heard each message; how often it heard one again; and how often something came out of turn or was gone.
 * @param numbers of the messages, by their positions
 */
function countMessages(told: readonly Heard[], numbers: ReadonlyMap<number, number>) {
  const at = new Map<number, number>();
  let [again, disorder, last] = [0, 0, 0];
  for (const one of told) {
    if (one.type === 'reset') disorder += 1;
    if (one.type !== 'message.changed') continue;
    const position = Number(one.data.position);
    const n = numbers.get(position);
    // Told of, and not there.
    if (n === undefined) disorder += 1;
    else if (at.has(n)) again += 1;
    else at.set(n, one.at);
    if (position <= last) disorder += 1;
    last = position;
  }
  return { at, again, disorder };
}
