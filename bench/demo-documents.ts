/** Search documents in bulk, made inside PostgreSQL: as many as a measurement needs, the same ones every time. */
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../server/platform/database/database.ts';

/** Skills that the documents ask for, the most popular first. One plain word each. */
export interface BulkSkill {
  id: number;
  name: string;
}

const CHUNK = 50_000;
const OWNERS = 10_000;
const SYLLABLES = 'bacedifogulamenopiqorusatevixowuyazobehicoda';
const ADJECTIVES = ['open', 'smart', 'campus', 'tiny', 'fair', 'shared', 'green', 'quick', 'quiet', 'public'];
const NOUNS = [
  'planner',
  'tracker',
  'market',
  'tutor',
  'dashboard',
  'robot',
  'library',
  'game',
  'sensor',
  'journal',
  'atlas',
  'compiler',
];
const COLLEGES = [
  'Northfield Institute',
  'Lakeside College',
  'Hillcrest University',
  'Eastgate Polytechnic',
  'Marina State',
];

const pick = (values: readonly string[]): SQL =>
  sql`(${sql.param(values)}::text[])[1 + floor(random() * ${values.length})::int]`;

/** A made-up word of three syllables out of some ten thousand, few of them common. */
const madeUp = sql.join(
  [1, 2, 3].map(() => sql`substr(${SYLLABLES}, 1 + 2 * floor(power(random(), 1.7) * ${SYLLABLES.length / 2})::int, 2)`),
  sql` || `,
);

/** Picks of a popularity that falls off: the first skill is in every tenth document, the last in few. */
const skillPosition = (count: number): SQL => sql`1 + floor(power(random(), 2) * ${count})::int`;

/**
 * Adds `count` open public projects with ids above those that are there, and their vocabulary. About 20,000 a second.
 * The search index is built afterwards, which is faster than keeping it.
 */
export async function fillProjectDocuments(db: Db, count: number, skills: BulkSkill[]): Promise<void> {
  const names = skills.map(({ name }) => name);
  await fill(db, 'project', skills, async (tx) => {
    const { rows } = await tx.execute<{ last: number }>(
      sql`SELECT coalesce(max(project_id), 0) AS last FROM discovery.project_documents`,
    );
    const last = Math.max(rows[0]?.last ?? 0, 1_000_000_000);
    for (let from = 1; from <= count; from += CHUNK) {
      await tx.execute(sql`
        INSERT INTO discovery.project_documents (project_id, owner_id, owner_is_active, search, skill_ids, skill_levels, levels,
          college, college_key, status, visibility, is_remote, is_full, hours, budget_min, budget_max, title_key, is_counted,
          created_at, updated_at, card)
        SELECT id, owner_id, true,
          setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', array_to_string(skills, ' ')), 'B')
            || setweight(to_tsvector('simple', description), 'C') || setweight(to_tsvector('simple', college), 'D')
            || array_to_tsvector(ARRAY(SELECT '=' || word FROM unnest(string_to_array(lower(title), ' ') || skills) word) || ('==' || lower(title))),
          skill_ids, ARRAY(SELECT s * 8 + 2 FROM unnest(skill_ids) s), '{2}', college, lower(college), 'open', 'public',
          remote, false, hours, budget, budget * 2, lower(title), true, created_at, created_at,
          json_build_object('id', id, 'owner_id', owner_id, 'owner', json_build_object('user_id', owner_id, 'username', 'owner' || owner_id,
              'name', 'Owner ' || owner_id, 'college', college, 'is_verified_student', false, 'avatar_url', null),
            'title', title, 'description', description, 'required_skills', skills,
            'skills', (SELECT json_agg(json_build_object('id', (${sql.param(skills.map(({ id }) => id))}::bigint[])[p], 'name', (${sql.param(names)}::text[])[p])) FROM unnest(positions) p),
            'roles', '[]'::json, 'budget_min', budget, 'budget_max', budget * 2, 'currency', 'USD', 'timeline', null,
            'hours_per_week', hours, 'status', 'open', 'is_remote', remote, 'place', null, 'deadline', null, 'visibility', 'public',
            'member_count', 1, 'version', 1, 'is_demo', true, 'created_at', created_at, 'updated_at', created_at, 'expires_at', null)
        FROM (
          SELECT drawn.*,
            (SELECT array_agg((${sql.param(names)}::text[])[p]) FROM unnest(positions) p) AS skills,
            (SELECT array_agg((${sql.param(skills.map(({ id }) => id))}::bigint[])[p]) FROM unnest(positions) p) AS skill_ids,
            adjective || ' ' || (${sql.param(names)}::text[])[positions[1]] || ' ' || noun || ' ' || detail AS title
          FROM (
            SELECT ${last}::bigint + i AS id, 1 + floor(random() * ${OWNERS})::bigint AS owner_id,
              ARRAY(SELECT DISTINCT ${skillPosition(skills.length)} FROM generate_series(1, 3 + 0 * i::int)) AS positions,
              ${pick(ADJECTIVES)} AS adjective, ${pick(NOUNS)} AS noun, ${madeUp} AS detail, ${pick(COLLEGES)} AS college,
              random() < 0.5 AS remote, 2 + floor(random() * 20)::int AS hours,
              CASE WHEN random() < 0.4 THEN 50 * floor(random() * 20) END AS budget,
              now() - ((${count} - i)::float8 / ${count} * 730) * interval '1 day' AS created_at,
              (SELECT string_agg(${madeUp}, ' ') FROM generate_series(1, 40 + 0 * i::int)) AS description
            FROM generate_series(${from}::bigint, ${Math.min(count, from + CHUNK - 1)}::bigint) i
          ) drawn
        ) projects`);
    }
  });
}

/** Adds `count` listed public people with ids above those that are there. */
export async function fillProfileDocuments(db: Db, count: number, skills: BulkSkill[]): Promise<void> {
  const names = sql.param(skills.map(({ name }) => name));
  const ids = sql.param(skills.map(({ id }) => id));
  await fill(db, 'profile', skills, async (tx) => {
    await tx.execute(sql`
      INSERT INTO discovery.profile_documents (user_id, search, skill_ids, skill_levels, levels, college, college_key, major,
        major_key, year, hours, open_to, open_to_until, visibility, is_listed, is_verified, is_counted, updated_at, person, card)
      SELECT id,
        setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', array_to_string(skills, ' ')), 'B')
          || array_to_tsvector(ARRAY(SELECT '=' || word FROM unnest(string_to_array(lower(name), ' ') || skills) word)),
        skill_ids, ARRAY(SELECT s * 8 + 3 FROM unnest(skill_ids) s), '{3}', college, lower(college), 'Computer Science',
        'computer science', 2, hours, '{projects}', now() + interval '20 days', 'public', true, false, true, updated_at,
        json_build_object('user_id', id, 'username', 'student' || id, 'name', name, 'college', college, 'is_verified_student', false, 'avatar_url', null),
        json_build_object('id', id, 'user_id', id, 'username', 'student' || id, 'first_name', split_part(name, ' ', 1),
          'last_name', split_part(name, ' ', 2), 'college', college, 'major', 'Computer Science', 'year', 2, 'bio', null, 'skills', skills,
          'skill_levels', (SELECT json_agg(json_build_object('skill_id', (${ids}::bigint[])[p], 'name', (${names}::text[])[p], 'level', 3, 'years', null, 'evidence_url', null)) FROM unnest(positions) p),
          'experience', null, 'github_url', null, 'linkedin_url', null, 'portfolio_url', null, 'avatar_url', null, 'is_public', true,
          'visibility', 'public', 'availability', json_build_object('hours_per_week', hours, 'zone', null, 'slots', '[]'::json),
          'open_to', '["projects"]'::json, 'open_to_until', now() + interval '20 days', 'missing', '[]'::json,
          'is_verified_student', false, 'is_demo', true, 'created_at', updated_at, 'updated_at', updated_at)
      FROM (
        SELECT drawn.*, (SELECT array_agg((${names}::text[])[p]) FROM unnest(positions) p) AS skills,
          (SELECT array_agg((${ids}::bigint[])[p]) FROM unnest(positions) p) AS skill_ids
        FROM (
          SELECT 1000000000 + i AS id, initcap(${madeUp}) || ' ' || initcap(${madeUp}) AS name,
            ARRAY(SELECT DISTINCT ${skillPosition(skills.length)} FROM generate_series(1, 6 + 0 * i::int)) AS positions,
            ${pick(COLLEGES)} AS college, 2 + floor(random() * 20)::int AS hours, now() - random() * interval '200 days' AS updated_at
          FROM generate_series(1, ${count}::bigint) i
        ) drawn
      ) people`);
  });
}

/** One transaction without the search index; the planner's statistics and the vocabulary follow. */
async function fill(
  db: Db,
  kind: 'project' | 'profile',
  skills: BulkSkill[],
  insert: (tx: Db) => Promise<void>,
): Promise<void> {
  const table = `discovery.${kind}_documents`;
  const index = `${table}_words`;
  await db.transaction(async (tx) => {
    await tx.execute(
      sql`SELECT setseed(0.42), set_config('statement_timeout', '0', true), set_config('maintenance_work_mem', '256MB', true)`,
    );
    const { rows } = await tx.execute<{ definition: string }>(
      sql`SELECT pg_get_indexdef(${index}::regclass) AS definition`,
    );
    await tx.execute(sql.raw(`DROP INDEX ${index}`));
    await insert(tx);
    await tx.execute(sql.raw(rows[0]?.definition ?? ''));
    await tx.execute(sql.raw(`ANALYZE ${table}`));
    for (const { id, name } of skills) {
      await tx.execute(
        sql`INSERT INTO discovery.skill_names (skill_id, name) VALUES (${id}, ${name}) ON CONFLICT DO NOTHING`,
      );
    }
    await fillVocabulary(tx, kind, table);
  });
}

/** Counts words on a sample of about 50,000 documents, which is near enough for a measurement. */
async function fillVocabulary(tx: Db, kind: string, table: string): Promise<void> {
  const { rows } = await tx.execute<{ documents: number }>(sql`SELECT count(*) AS documents FROM ${sql.raw(table)}`);
  const documents = rows[0]?.documents ?? 0;
  const percent = Math.min(100, (100 * 50_000) / Math.max(1, documents));
  await tx.execute(sql`
    INSERT INTO discovery.words (kind, word, stem, documents)
    SELECT ${kind}, word, (ts_lexize('english_stem', word))[1], (ndoc * ${100 / percent}::float8)::int
    FROM ts_stat(${`SELECT search FROM ${table} TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)`})
    WHERE word NOT LIKE '=%'
    ON CONFLICT (kind, word) DO UPDATE SET documents = excluded.documents`);
  await tx.execute(sql.raw('ANALYZE discovery.words'));
}
