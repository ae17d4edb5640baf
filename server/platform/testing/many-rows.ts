/**
 * A database as it is after some years: many rows of everything, made inside PostgreSQL. PLAN_ROWS=200000 makes it larger
 * than every run of the tests can wait for.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';

/** Of people, projects, requests, messages, notifications, stream entries and sessions each. */
export const MANY = Number(process.env.PLAN_ROWS ?? 30_000);
/** Their ids follow this one, beyond what tests create themselves. */
export const FIRST = 1_000_000;
/** How many of them own projects, and as many are asked to join. */
const OWNERS = MANY / 4;

/** Tables by the schema that they are in, those that others point to first. */
const rows: Record<string, string> = {
  'accounts.users (id, username, email)': `SELECT ${FIRST} + n, 'u' || n, 'u' || n || '@example.org'`,
  'accounts.sessions (user_id, kind, token_hash, user_agent)': `SELECT ${FIRST} + n, 'browser', md5(n::text), ''`,
  'profiles.profiles (user_id, username, is_active, is_demo, member_version, first_name, last_name, college, major, year, skill_ids, skill_names, filled_at)': `
    SELECT ${FIRST} + n, 'u' || n, true, false, 1, 'Ada' || n % 5000, 'Byron', 'College ' || n % 200, 'Major ' || n % 40, n % 6,
      ARRAY[1 + n % 300], 'skill' || n % 300, now()`,
  'profiles.profile_skills (user_id, skill_id, position, level)': `SELECT ${FIRST} + n, 1 + n % 300, 0, 1 + n % 4`,
  'projects.people (user_id, card)': `SELECT ${FIRST} + n, card`,
  'projects.projects (id, owner_id, title, description, skills, skill_ids, budget_min, budget_max, status, is_remote, visibility, words, created_at, expires_at)': `
    SELECT ${FIRST} + n, ${FIRST} + n % ${OWNERS}, title, 'Together', '[]', ARRAY[1 + n % 300], n % 1000 * 100, n % 1000 * 200, status, n % 4 < 2,
      visibility, title, created_at, created_at + interval '2 years'`,
  'projects.roles (project_id, position, name, seats)': `SELECT ${FIRST} + n, 0, 'Helper', 2`,
  'collaborations.people (user_id, card)': `SELECT ${FIRST} + n, card`,
  'collaborations.projects (id, owner_id, title, status, visibility, version, created_at)': `
    SELECT ${FIRST} + n, ${FIRST} + n % ${OWNERS}, title, status, visibility, 1, created_at`,
  'collaborations.requests (id, kind, sender_id, receiver_id, person_id, project_id, status, created_at)': `
    SELECT ${FIRST} + n, 'application', ${FIRST} + (n * 7) % ${OWNERS}, ${FIRST} + n % ${OWNERS} + ${OWNERS}, ${FIRST} + (n * 7) % ${OWNERS}, ${FIRST} + n,
      CASE WHEN n % 4 = 0 THEN 'pending' ELSE 'rejected' END, created_at`,
  'collaborations.members (project_id, user_id, joined_at)': `SELECT ${FIRST} + n, ${FIRST} + (n * 7) % ${OWNERS}, created_at`,
  'conversations.people (user_id, card)': `SELECT ${FIRST} + n, card`,
  'conversations.conversations (id, kind, request_id, last_position, active_at)': `SELECT ${FIRST} + n, 'request', n, 2, created_at`,
  'conversations.members (conversation_id, user_id)': `SELECT ${FIRST} + n, ${FIRST} + n % ${OWNERS}`,
  'conversations.messages (conversation_id, position, sender_id, client_id, sent_hash, text)': `
    SELECT ${FIRST} + (n + 1) / 2, 1 + n % 2, ${FIRST} + n % ${OWNERS} + ${OWNERS}, gen_random_uuid(), '', 'Hello'`,
  'notifications.notifications (event_id, recipient_id, kind, topic, params, threads, is_listed, created_at, read_at)': `
    SELECT gen_random_uuid(), ${FIRST} + n % 2000, 'project_moved', 'projects', '{}', ARRAY['project:' || n % 50], true, created_at,
      CASE WHEN n % 3 = 0 THEN now() END`,
  'platform.stream_heads (user_id, last)': `SELECT ${FIRST} + n, 1`,
  'platform.stream_entries (user_id, position, type, data)': `SELECT ${FIRST} + n, 1, 'notification.changed', '{}'`,
  'platform.inbox (subscriber, event_id)': `SELECT 'discovery', gen_random_uuid()`,
  'discovery.profile_documents (user_id, search, skill_ids, skill_levels, levels, college, college_key, major, major_key, year, open_to, visibility, is_listed, is_verified, is_counted, updated_at, person, card)': `
    SELECT ${FIRST} + n, to_tsvector('simple', 'ada' || n % 5000 || ' skill' || n % 300), ARRAY[1 + n % 300], ARRAY[(1 + n % 300) * 8 + 2], '{2}',
      'College ' || n % 200, 'college ' || n % 200, 'Major', 'major', n % 6, '{}', 'public', true, false, true, created_at, card,
      card || jsonb_build_object('id', n, 'first_name', 'Ada' || n % 5000, 'last_name', 'Byron', 'major', 'Major', 'year', n % 6, 'bio', null,
        'skills', '[]'::jsonb, 'skill_levels', '[]'::jsonb, 'experience', null, 'github_url', null, 'linkedin_url', null,
        'portfolio_url', null, 'is_public', true, 'visibility', 'public', 'open_to', '[]'::jsonb, 'open_to_until', null,
        'availability', '{"hours_per_week": 5, "zone": null, "slots": []}'::jsonb, 'missing', '[]'::jsonb, 'is_demo', false,
        'created_at', '2026-01-01T00:00:00.000Z', 'updated_at', '2026-01-01T00:00:00.000Z')`,
  'discovery.project_documents (project_id, owner_id, owner_is_active, search, skill_ids, skill_levels, levels, college, college_key, status, visibility, is_remote, is_full, title_key, is_counted, created_at, updated_at, card)': `
    SELECT ${FIRST} + n, ${FIRST} + n % ${OWNERS}, true, to_tsvector('simple', title || ' skill' || n % 300), ARRAY[1 + n % 300], '{}', '{}',
      'College ' || n % 200, 'college ' || n % 200, status, visibility, true, false, lower(title), true, created_at, created_at,
      jsonb_build_object('id', ${FIRST} + n, 'owner_id', ${FIRST} + n % ${OWNERS}, 'owner', card, 'title', title, 'description', 'Together',
        'required_skills', '[]'::jsonb, 'skills', '[]'::jsonb, 'roles', '[]'::jsonb, 'budget_min', null, 'budget_max', null, 'currency', 'USD',
        'timeline', null, 'hours_per_week', null, 'status', status, 'is_remote', true, 'place', null, 'deadline', null, 'visibility', visibility,
        'member_count', 1, 'version', 1, 'is_demo', false, 'created_at', '2026-01-01T00:00:00.000Z',
        'updated_at', '2026-01-01T00:00:00.000Z', 'expires_at', null)`,
  'discovery.request_counts (project_id, requests, created_at, is_open)': `SELECT ${FIRST} + n, n % 50, created_at, status = 'open'`,
  'pgboss.job (name, data, state, start_after)': `
    SELECT 'discovery.index_project', '{}', (ARRAY['created', 'completed', 'completed'])[1 + n % 3]::pgboss.job_state, created_at`,
  'discovery.words (kind, word, documents)': `
    SELECT CASE WHEN n % 2 = 0 THEN 'project' ELSE 'profile' END, 'word' || n, 1`,
};

const from = `
  FROM (
    SELECT n, 'Kite ' || n % 3000 AS title, now() - n * interval '5 minutes' AS created_at,
      (ARRAY['open', 'open', 'open', 'completed', 'draft', 'cancelled'])[1 + n % 6] AS status,
      (ARRAY['public', 'public', 'members', 'college'])[1 + n % 4] AS visibility,
      jsonb_build_object('user_id', ${FIRST} + n, 'username', 'u' || n, 'name', 'Ada Byron', 'college', 'College ' || n % 200,
        'is_verified_student', false, 'avatar_url', null) AS card
    FROM generate_series(1, ${MANY}) n
  ) made`;

/** Fills every large table without checks and without its indices, which are made afterwards, and lets the planner know. */
export async function fillWithMany(db: Db): Promise<void> {
  for (const [target, select] of Object.entries(rows)) {
    const table = target.slice(0, target.indexOf(' '));
    await db.transaction(async (tx) => {
      await tx.execute(sql`
        SELECT set_config('statement_timeout', '0', true), set_config('maintenance_work_mem', '128MB', true),
          set_config('session_replication_role', 'replica', true)`);
      const { rows: indices } = await tx.execute<{ name: string; definition: string }>(sql`
        SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
        FROM pg_index WHERE indrelid = ${table}::regclass AND NOT indisunique`);
      for (const { name } of indices) await tx.execute(sql.raw(`DROP INDEX ${name}`));
      await tx.execute(sql.raw(`INSERT INTO ${target} ${select} ${from}`));
      for (const { definition } of indices) await tx.execute(sql.raw(definition));
    });
    await db.execute(sql.raw(`VACUUM (ANALYZE, PARALLEL 0) ${table}`));
  }
}
