/** A search over many documents reads through its index; a plan that reads the table whole fails here. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
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
import { erasBetween } from './windows.ts';

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

it('eras are just the days between two', async () => {
  const day = fc.integer({ min: -500, max: 34_000 });
  const edge = fc.oneof(day, fc.constant(null));
  const ranges = fc.sample(fc.record({ from: edge, until: edge, day }), 500);
  const asked = ranges.map(({ from, until, day }) => ({ day, eras: erasBetween(from, until) }));
  const { rows } = await app.db.execute<{ is_in: boolean }>(sql`
    SELECT discovery.eras(day) && eras AS is_in
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked (day integer, eras integer[])`);
  // What is before the first era counts to it, and what is after the last to that.
  const within = (value: number) => Math.min(Math.max(value, 0), 32_767);
  const isIn = ({ from, until, day }: (typeof ranges)[number]) =>
    within(day) >= Math.max(from ?? 0, 0) && within(day) < Math.min(until ?? 32_768, 32_768);
  expect(rows.map(({ is_in }) => is_in)).toEqual(ranges.map(isIn));
});
