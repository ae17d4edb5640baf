/** A search over many documents reads through its index; a plan that reads the table whole fails here. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillProjectDocuments } from '../../../bench/demo-documents.ts';
import { bulkSkillNames } from '../../../bench/demo-skills.ts';
import { explaining } from '../../platform/testing/explaining.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { createRecommendations } from './recommend.ts';
import { createSearch } from './search.ts';
import { createCandidateStore } from './store-candidates.ts';
import { createSearchStore } from './store-search.ts';
import { createVocabulary } from './vocabulary.ts';

let app: TestApp;
let plans: string[] = [];

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
  const db = explaining(app.db, (plan) => plans.push(plan));
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
