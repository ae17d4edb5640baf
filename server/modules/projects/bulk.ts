/** Many projects at once, for the demo campus and for measuring on a million rows. */
import type { ProjectCreate, ProjectStatus } from '@collabthon/contracts/projects';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';
import { blankProject, changeProject } from './changes.ts';
import { ensurePeople } from './people.ts';
import { skillColumns } from './store.ts';
import { createProjectReads, toProject } from './store-read.ts';
import type { Skill } from './tables.ts';

/** As posted at `created_at` (RFC 3339, now unless said), and moved to `status` since, whatever the way there. */
export interface BulkProject extends Omit<ProjectCreate, 'status'> {
  owner_id: number;
  status?: ProjectStatus;
  created_at?: string;
  is_demo?: boolean;
}

const BATCH = 1000;
const NAMES_PER_CALL = 100;

/**
 * Inserts in batches of 1,000, a transaction each, under the rules of a post, and returns the ids in order.
 * `announce` publishes `project.created` for each, which other modules need to know of it; without it they learn
 * by a rebuild. @throws 422 when a row breaks a rule; earlier batches stay.
 */
export async function insertProjectsInBulk(
  platform: Platform,
  rows: readonly BulkProject[],
  { announce }: { announce: boolean },
): Promise<{ id: number; role_ids: number[] }[]> {
  await ensurePeople(
    platform,
    rows.map((row) => row.owner_id),
  );
  const skills = await resolveAll(platform, rows);
  const inserted: { id: number; role_ids: number[] }[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    inserted.push(
      ...(await platform.db.transaction(async (tx) => {
        const ids = await insertBatch(tx, batch, skills);
        if (!announce) return ids;
        const written = await createProjectReads(tx).getMany(ids.map(({ id }) => id));
        for (const row of written) await platform.events.publish(tx, 'project.created', { project: toProject(row) });
        return ids;
      })),
    );
  }
  return inserted;
}

async function resolveAll({ calls }: Platform, rows: readonly BulkProject[]): Promise<Map<string, Skill>> {
  const names = [
    ...new Set(
      rows.flatMap((row) => [
        ...(row.required_skills ?? []),
        ...(row.roles ?? []).flatMap((role) => (role.skill ? [role.skill] : [])),
      ]),
    ),
  ];
  const skills = new Map<string, Skill>();
  for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
    const asked = names.slice(at, at + NAMES_PER_CALL);
    const found = await calls('profiles.resolveSkills', { names: asked });
    for (const [index, skill] of found.entries()) skills.set(asked[index] ?? '', skill);
  }
  return skills;
}

async function insertBatch(tx: Db, rows: readonly BulkProject[], skills: Map<string, Skill>) {
  const ids = await reserve(tx, 'projects', rows.length);
  const roleIds = await reserve(
    tx,
    'roles',
    rows.reduce((sum, row) => sum + (row.roles?.length ?? 0), 0),
  );
  const roles: object[] = [];
  const inserted: { id: number; role_ids: number[] }[] = [];
  const values = rows.map((row, at) => {
    const { owner_id, is_demo = false, created_at = new Date().toISOString(), status = 'open', ...body } = row;
    const id = ids[at] ?? 0;
    const own = (row.roles ?? []).map((role, position) => ({
      id: roleIds[roles.length + position] ?? 0,
      project_id: id,
      position,
      name: role.name,
      skill: role.skill ? (skills.get(role.skill) ?? null) : null,
      level: role.level ?? null,
      seats: role.seats ?? 1,
      taken: 0,
    }));
    roles.push(...own);
    inserted.push({ id, role_ids: own.map((role) => role.id) });
    const asked = { ...body, status: status === 'draft' ? 'draft' : 'open' } as const;
    const state = changeProject(blankProject, asked, new Date(created_at));
    const required = new Map(
      (row.required_skills ?? []).flatMap((name) => {
        const skill = skills.get(name);
        return skill ? [[skill.id, skill]] : [];
      }),
    );
    return {
      ...state,
      ...skillColumns(state.title, { required: [...required.values()], roles: own }),
      id,
      owner_id,
      is_demo,
      status,
      created_at,
      updated_at: created_at,
    };
  });
  await insertAll(tx, 'projects', values);
  await insertAll(tx, 'roles', roles);
  return inserted;
}

async function reserve(tx: Db, table: 'projects' | 'roles', count: number): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(sql`
    SELECT nextval(pg_get_serial_sequence(${`projects.${table}`}, 'id')) AS id FROM generate_series(1, ${count})`);
  return rows.map((row) => row.id);
}

async function insertAll(tx: Db, table: 'projects' | 'roles', rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(
    Object.keys(first).map((name) => sql.identifier(name)),
    sql`, `,
  );
  const target = sql`projects.${sql.identifier(table)}`;
  await tx.execute(sql`
    INSERT INTO ${target} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${target}, ${JSON.stringify(rows)}::jsonb)`);
}
