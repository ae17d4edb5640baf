import pg from 'pg';
import { sql } from 'drizzle-orm';
import { createPool } from '../../../platform/database/pool.ts';
import { createDatabase } from '../../../platform/database/database.ts';
import { readFileSync } from 'node:fs';
import { fillProjectDocuments } from '../../../../bench/demo-documents.ts';
import { createSearch } from '../search.ts';
import { createSearchStore } from '../store-search.ts';
import { createVocabulary } from '../vocabulary.ts';
const base = `postgres://postgres@localhost:55999/`;
const n = Number(process.argv[2]);
const name = `bench_${n}`;
const admin = new pg.Client({ connectionString: base + 'postgres' }); await admin.connect();
const fresh = (await admin.query('SELECT 1 FROM pg_database WHERE datname=$1', [name])).rowCount === 0;
if (fresh) await admin.query(`CREATE DATABASE ${name}`);
await admin.end();
const url = base + name;
const pool = createPool(url, 'x');
const db = createDatabase(pool);
const words = 'python react javascript java typescript sql docker figma rust kotlin swift golang flutter django flask node angular vue svelte kubernetes terraform tensorflow pytorch pandas excel photoshop illustrator blender unity unreal matlab julia scala haskell elixir ruby rails php laravel wordpress redis kafka spark hadoop linux bash arduino raspberry electronics soldering marketing writing research statistics finance accounting design video animation music'.split(' ');
const skills = words.map((w, i) => ({ id: i + 1, name: w }));
if (fresh) {
  await pool.query('CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin;'); await pool.query(readFileSync(new URL('../migrations/0001_discovery.sql', import.meta.url),'utf8'));
  const t = Date.now(); await fillProjectDocuments(db, n, skills); console.log('fill', Date.now() - t);
}
const calls = (async (_n: string, i: { names: string[] }) => skills.filter((s) => i.names.includes(s.name))) as never;
const search = createSearch({ store: createSearchStore(db), vocabulary: createVocabulary(db, calls), calls });
const qs = ['python', 'react planner', 'pyhton', 'kubernets', 'jul', 'machine', 'open', 'campus robot arduino', 'music', 'ba', 'rust compiler', 'reactt', 'babaca', ''];
for (const q of process.argv[3] ? [] : qs) {
  const times: number[] = []; let r: any;
  for (let k = 0; k < 7; k++) { const t = performance.now(); r = await search.searchProjects({ q }, null); times.push(performance.now() - t); }
  times.sort((a, b) => a - b);
  console.log(q.padEnd(22), 'total', String(r.total).padStart(6), 'median', times[3]!.toFixed(1), 'max', times[6]!.toFixed(1), r.corrected, r.items[0]?.title, r.facets.skills[0]);
}
if (process.argv[3]) {
  const orig = db.execute.bind(db);
  (db as any).execute = async (q: any) => { const r = await orig(sql`EXPLAIN (ANALYZE, TIMING) ${q}`).catch((e: any) => ({ rows: [{ x: String(e) }] })); console.log(r.rows.map((x: any) => x['QUERY PLAN'] ?? x.x).join('\n')); return orig(q); };
  await search.searchProjects({ q: process.argv[3] }, null);
}
await pool.end();
