/** A search over many documents reads through its index; a plan that reads the table whole fails here. */
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillProjectDocuments } from '../../../bench/demo-documents.ts';
import { bulkSkillNames } from '../../../bench/demo-skills.ts';
import type { Db } from '../../platform/database/database.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { createRecommendations } from './recommend.ts';
import { createSearch } from './search.ts';
import { createCandidateStore } from './store-candidates.ts';
import { createSearchStore } from './store-search.ts';
import { createVocabulary } from './vocabulary.ts';

let app: TestApp;
let plans: string[] = [];

/** A handle that notes the plan of every statement before it runs it. */
const explaining = (): Db =>
  ({
    execute: async (statement: SQL) => {
      const { rows } = await app.db.execute(sql`EXPLAIN (FORMAT JSON) ${statement}`);
      plans.push(JSON.stringify(rows));
      return app.db.execute(statement);
    },
  }) as unknown as Db;

beforeAll(async () => {
  app = await startTestApp();
  const skills = await app.platform.calls('profiles.resolveSkills', { names: bulkSkillNames });
  await fillProjectDocuments(
    app.db,
    30_000,
    skills.map(({ id }, index) => ({ id, name: bulkSkillNames[index] ?? '' })),
  );
  await app.db.execute(sql`ANALYZE discovery.project_documents`);
}, 120_000);
afterAll(() => app.close());

it.each([
  ['newest first', {}],
  ['a word', { q: 'haskell' }],
  ['a beginning', { q: 'hask' }],
  ['a typing error', { q: 'haksell' }],
  ['two words', { q: 'haskell journal' }],
  ['a word and a skill', { q: 'journal', skills: 'Haskell' }],
])('%s', async (_name, query) => {
  plans = [];
  const db = explaining();
  const { calls } = app.platform;
  const search = createSearch({
    store: createSearchStore(db),
    vocabulary: createVocabulary(app.db, calls),
    calls,
    recommendations: createRecommendations({ store: createCandidateStore(db), calls }),
  });
  const { total } = await search.searchProjects(query, null);
  expect(total).toBeGreaterThan(0);
  const scanned = plans.flatMap((plan) =>
    [...plan.matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map((match) => match[1]),
  );
  expect(scanned.filter((table) => table === 'project_documents')).toEqual([]);
});
