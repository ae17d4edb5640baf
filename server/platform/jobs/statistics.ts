/**
 * Keeps the planner's idea of the job table true. It is empty at one moment and holds a backlog at the next; planned for
 * the one, fetching is many times slower for the other.
 */
import type { PgBoss } from 'pg-boss';

/** Of every table that holds jobs: little is left to accumulate, whatever the size. */
const STORAGE = [
  'autovacuum_vacuum_scale_factor=0.02',
  'autovacuum_vacuum_threshold=1000',
  'autovacuum_analyze_scale_factor=0.05',
  'autovacuum_analyze_threshold=1000',
  'autovacuum_vacuum_cost_delay=0',
];

interface JobTable {
  name: string;
  is_set: boolean;
}

/** Once at the start. */
export async function tuneStorage(boss: PgBoss): Promise<void> {
  const { rows } = (await boss.getDb().executeSql(
    `SELECT c.oid::regclass::text AS name, coalesce(c.reloptions, '{}') @> $1::text[] AS is_set
     FROM pg_partition_tree('pgboss.job') t JOIN pg_class c ON c.oid = t.relid WHERE t.isleaf`,
    [STORAGE],
  )) as { rows: JobTable[] };
  for (const { name, is_set } of rows) {
    if (!is_set) await boss.getDb().executeSql(`ALTER TABLE ${name} SET (${STORAGE.join(', ')})`);
  }
}

/**
 * To be called every few seconds, since autovacuum looks once a minute: a table that has become another one since it was
 * last analyzed is analyzed, by one process at a time.
 */
export async function refreshStatistics(boss: PgBoss): Promise<void> {
  const { rows } = (await boss.getDb().executeSql(
    `SELECT s.relid::regclass::text AS name
     FROM pg_partition_tree('pgboss.job') t
       JOIN pg_stat_all_tables s ON s.relid = t.relid JOIN pg_class c ON c.oid = t.relid
     WHERE t.isleaf AND s.n_mod_since_analyze > 2000 + greatest(c.reltuples, 0)
       AND coalesce(greatest(s.last_analyze, s.last_autoanalyze), '-infinity') < now() - interval '5 seconds'`,
  )) as { rows: { name: string }[] };
  for (const { name } of rows) await boss.getDb().executeSql(`ANALYZE (SKIP_LOCKED) ${name}`);
}
