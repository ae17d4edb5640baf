/**
 * Among many rows, what is asked often reads few: every statement of every endpoint here finds its rows through an index,
 * and sends as many statements for twenty rows as for one. What an endpoint may send is in the table.
 */
import { createHash } from 'node:crypto';
import type { RouteKey } from '@collabthon/contracts/contract';
import type { AppRoutes } from '@collabthon/contracts/index';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClaims } from '../platform/jobs/claims.ts';
import { createBoss } from '../platform/jobs/queues.ts';
import { createEntryStore } from '../platform/realtime/entries.ts';
import { FIRST, fillWithMany, MANY } from '../platform/testing/many-rows.ts';
import { type PlanNode, readPlan } from '../platform/testing/plans.ts';
import { isQuestion, recordStatements, type Statement } from '../platform/testing/statements.ts';
import { startTestApp, type TestApp } from '../platform/testing/test-app.ts';

/** Somebody with projects, requests, conversations and notifications, and two who are not them. */
const ME = FIRST + 77;
const OTHER = FIRST + 5000;
/** A project of mine that is open. */
const MINE = FIRST + MANY / 4 + 77;
/** A step that keeps more reads with the table and not for the answer: counts end at 10,000, samples at 20,000. */
const MOST_KEPT = 21_000;
/** A step that throws more away, and most of what it reads, wants another index. */
const MOST_REMOVED = 2000;

let app: TestApp;
let client: pg.Client;
let me: { token: string };
let admin: { token: string };
/** Tables that are large enough for a scan to hurt, by their names. */
let large: Set<string>;

beforeAll(async () => {
  app = await startTestApp({ work: false, config: { cache: { megabytes: 0 } } });
  await fillWithMany(app.db);
  const principal = { user_id: ME, username: 'u77', role: 'student' as const, session_id: FIRST, is_verified: true };
  me = { token: await app.platform.auth.issueAccessToken(principal) };
  admin = { token: await app.platform.auth.issueAccessToken({ ...principal, role: 'admin' }) };
  const { rows } = await app.db.execute<{ name: string }>(sql`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples >= ${MANY / 2}`);
  large = new Set(rows.map(({ name }) => name));
  client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
}, 600_000);
afterAll(async () => {
  await client?.end();
  await app?.close();
});

type Options = { query?: object; params?: object; body?: object; as?: 'me' | 'admin' | null };
interface Question extends Options {
  /** Statements that it may send, whatever it finds; one more for events, whose queues are looked up now and then. */
  budget: number;
  /** Says how many rows are wanted, where it is a list. */
  isList?: boolean;
  /** Why it may read with the table. */
  reads?: 'all, for a count that is shown for minutes' | 'all, for admins';
}

const q = (budget: number, options: Omit<Question, 'budget'> = {}): Question => ({ budget, ...options });
const list = (budget: number, options: Omit<Question, 'budget' | 'isList'> = {}) =>
  q(budget, { ...options, isList: true });

const questions: [RouteKey & keyof AppRoutes, Question][] = [
  ['GET /projects', list(1, { as: null })],
  ['GET /projects', list(1)],
  ['GET /projects', list(1, { query: { status: 'completed', remote_only: true } })],
  ['GET /projects', list(1, { query: { min_budget: 900, max_budget: 905 } })],
  ['GET /projects', list(1, { query: { owner_id: OTHER } })],
  ['GET /projects/{id}', q(1, { params: { id: FIRST + 5 } })],
  ['GET /projects/my/projects', list(1)],
  ['GET /projects/search/{query}', list(2, { params: { query: 'kite 77' } })],
  ['GET /projects/stats', q(2, { as: null, reads: 'all, for a count that is shown for minutes' })],
  ['GET /projects/trending', list(1, { as: null })],
  ['GET /projects/trending', list(1, { query: { days: 30 } })],
  ['GET /projects/{id}/team', q(2, { params: { id: FIRST + 5 } })],
  ['GET /admin/projects', list(1, { as: 'admin' })],
  ['GET /admin/projects', list(1, { as: 'admin', query: { q: 'kite 77', status_filter: 'open' } })],
  ['GET /search-advanced/projects', list(1, { as: null })],
  ['GET /search-advanced/projects', list(3, { query: { q: 'kite' } })],
  ['GET /search-advanced/projects', list(5, { query: { q: 'kiet skill77' } })],
  ['GET /search-advanced/projects', list(4, { query: { q: 'kite', skills: 'python', facets: 'false' } })],
  ['GET /search-advanced/profiles', list(3, { query: { q: 'ada77' } })],
  ['GET /search-advanced/recommendations/projects', list(3)],
  ['GET /search-advanced/recommendations/profiles', list(3)],
  ['GET /profiles', list(1, { as: null })],
  ['GET /profiles', list(1, { query: { college: 'College 7', year: 1 } })],
  ['GET /profiles', list(1, { query: { skill: 'Python', min_level: 3 } })],
  ['GET /profiles/search/{query}', list(1, { params: { query: 'ada77 byron' } })],
  ['GET /profiles/skills/popular', q(1, { as: null })],
  ['GET /profiles/colleges', q(1, { as: null })],
  ['GET /profiles/majors', q(1, { as: null })],
  ['GET /users/{id}/profile', q(1, { params: { id: OTHER } })],
  ['GET /users/{id}/teams', q(2, { params: { id: OTHER } })],
  ['GET /users/search/{query}', list(2, { params: { query: 'u123' } })],
  ['GET /skills', list(1, { query: { q: 'py' } })],
  ['GET /auth/sessions', q(1)],
  ['GET /collaborations/sent', list(1)],
  ['GET /collaborations/received', list(1)],
  ['GET /collaborations/history', list(1)],
  ['GET /collaborations/stats', q(1)],
  ['GET /collaborations/teams', q(1)],
  ['GET /conversations', list(2)],
  ['GET /conversations/unread', q(1)],
  ['GET /conversations/{id}/messages', list(3, { params: { id: ME } })],
  ['GET /notifications', list(2)],
  ['GET /notifications', list(2, { query: { unread_only: 'true' } })],
  ['GET /notifications/unread-count', q(1)],
  ['GET /stream/position', q(1)],
  ['POST /projects', q(14, { body: { title: 'Kite', description: 'Together.', required_skills: ['Python'] } })],
  ['PUT /projects/{id}', q(18, { params: { id: MINE }, body: { title: 'Another kite' } })],
  [
    'POST /conversations/{id}/messages',
    q(4, { params: { id: ME }, body: { client_id: crypto.randomUUID(), text: 'Hello' } }),
  ],
  ['PUT /conversations/{id}/read', q(2, { params: { id: ME }, body: { position: 2 } })],
  ['PUT /notifications/mark-all-read', q(1)],
];

const ask = async (key: RouteKey & keyof AppRoutes, { as = 'me', params, query, body }: Options, limit?: number) => {
  const signed = as === null ? null : { me, admin }[as];
  const sized = limit === undefined ? query : { ...query, limit };
  const answer = await app.request(key, { as: signed, params, query: sized, body } as never);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as unknown;
};

const statementsOf = async (work: () => Promise<unknown>) => (await recordStatements(work)).filter(isQuestion);

/** Runs a statement again, as it was, in a transaction that is taken back. */
async function explain({ text, values }: Statement): Promise<PlanNode[]> {
  await client.query('BEGIN');
  try {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values);
    return readPlan(rows[0]['QUERY PLAN']);
  } finally {
    await client.query('ROLLBACK');
  }
}

async function readsLittle(statements: Statement[]): Promise<void> {
  expect(statements).not.toEqual([]);
  for (const statement of statements) {
    for (const { type, table, kept, removed } of await explain(statement)) {
      const what = `${type} of ${table} in ${statement.text}`;
      if (large.has(table)) expect(type, what).not.toBe('Seq Scan');
      expect(kept, what).toBeLessThanOrEqual(MOST_KEPT);
      expect(removed, what).toBeLessThanOrEqual(Math.max(MOST_REMOVED, 3 * kept));
    }
  }
}

const titleOf = (key: string, { as = 'me', query }: Options) =>
  `${key} ${query ? JSON.stringify(query) : ''} for ${as ?? 'anybody'}`;

describe.each(questions.map(([key, question]) => [titleOf(key, question), key, question] as const))(
  '%s',
  (_title, key, question) => {
    it('sends as many statements for one row as for twenty, within its budget', async () => {
      // What is kept in memory is asked for once.
      await ask(key, question, question.isList ? 20 : undefined);
      const one = await statementsOf(() => ask(key, question, question.isList ? 1 : undefined));
      const twenty = await statementsOf(() => ask(key, question, question.isList ? 20 : undefined));
      expect(twenty.map(({ text }) => text).length, twenty.map(({ text }) => text).join('\n')).toBeLessThanOrEqual(
        question.budget,
      );
      if (question.isList) expect(one.length).toBe(twenty.length);
    });

    it.skipIf(question.reads)('reads no more than it needs', async () => {
      const statements = await statementsOf(() => ask(key, question, question.isList ? 20 : undefined));
      await readsLittle(statements);
    });
  },
);

describe('what no page asks for', () => {
  it('who a cookie is of', async () => {
    const token_hash = createHash('md5').update('77').digest('hex');
    await readsLittle(
      await statementsOf(async () => {
        const session = await app.platform.calls('accounts.resolveSession', { token_hash });
        expect(session?.user_id).toBe(ME);
      }),
    );
  });

  it('where a stream goes on, and what it is told', async () => {
    const entries = createEntryStore(app.db);
    await readsLittle(
      await statementsOf(async () => {
        expect(await entries.begin(ME, 0)).toEqual({ after: 0, isGap: false });
        const places = Array.from({ length: 50 }, (_, at) => ({ user_id: ME + at, after: 0 }));
        expect((await entries.readAfter(places)).length).toBeGreaterThanOrEqual(50);
        expect(await entries.findNews(places)).toHaveLength(50);
      }),
    );
  });

  it('which jobs are taken next', async () => {
    const boss = createBoss({ url: app.databaseUrl, log: app.platform.log, work: false });
    await boss.start();
    try {
      const claims = createClaims(boss, 'discovery.index_project');
      const statements = await statementsOf(async () => expect(await claims.fetch(5)).toHaveLength(5));
      await app.db.execute(sql`UPDATE pgboss.job SET state = 'created' WHERE state = 'active'`);
      await readsLittle(statements);
    } finally {
      await boss.stop({ graceful: false });
    }
  });
});
