/** Writes search documents and, in the same transaction, the vocabulary that their words make up. */
import type { Project } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type SQL, sql } from 'drizzle-orm';
import type { Cache } from '../../platform/cache/cache.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Kind, NamedSkill, ProfileDocument, ProjectDocument } from './documents.ts';
import { sources } from './sources.ts';
import { countedWords, countWords } from './store-words.ts';

export interface OwnerState {
  person: PersonCard | null;
  is_active: boolean;
}

export function createIndexStore(db: Db, cache: Pick<Cache, 'invalidate'>) {
  /** False when a run that began later has written already. The row lock also makes writers of one document queue up. */
  const claim = async (tx: Db, kind: Kind, id: number, ticket: number) => {
    const claimed = await tx.execute(sql`
      INSERT INTO discovery.index_state (kind, id, ticket) VALUES (${kind}, ${id}, ${ticket})
      ON CONFLICT (kind, id) DO UPDATE SET ticket = excluded.ticket WHERE index_state.ticket < excluded.ticket`);
    return claimed.rowCount === 1;
  };

  /** Writers of a project read the owner's state, writers of a profile change it: one after the other. */
  const lockOwner = (tx: Db, ownerId: number) =>
    tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('discovery.owner', ${ownerId}))`);

  return {
    /** To be drawn before the present state is asked for. */
    async drawTicket(): Promise<number> {
      const { rows } = await db.execute<{ ticket: number }>(sql`SELECT nextval('discovery.tickets') AS ticket`);
      return rows[0]?.ticket ?? 0;
    },

    /** `build` makes the document from the owner's state at the time of writing. */
    async writeProject(ticket: number, project: Project, build: (owner: OwnerState) => ProjectDocument): Promise<void> {
      await db.transaction(async (tx) => {
        await lockOwner(tx, project.owner_id);
        if (!(await claim(tx, 'project', project.id, ticket))) return;
        const document = build(await ownerState(tx, project.owner_id));
        await countWords(
          tx,
          'project',
          await countedWords(tx, 'project', project.id),
          document.is_counted ? document.words : [],
        );
        await nameSkills(tx, document.skills);
        await upsertProject(tx, document);
        await cache.invalidate(tx, ['project_documents']);
      });
    },

    async removeProject(ticket: number, projectId: number): Promise<void> {
      await db.transaction(async (tx) => {
        if (!(await claim(tx, 'project', projectId, ticket))) return;
        await countWords(tx, 'project', await countedWords(tx, 'project', projectId), []);
        await tx.execute(sql`DELETE FROM discovery.project_documents WHERE project_id = ${projectId}`);
        await tx.execute(sql`DELETE FROM discovery.request_counts WHERE project_id = ${projectId}`);
        await cache.invalidate(tx, ['project_documents']);
      });
    },

    /**
     * Writes or, when there is no document, removes a person, and has `onOwnerChanged` called in the transaction with
     * the projects that show something of them that is different now.
     */
    async writeProfile(
      ticket: number,
      userId: number,
      document: ProfileDocument | null,
      isActive: boolean,
      onOwnerChanged: (tx: Db, projectIds: number[]) => Promise<void>,
    ): Promise<void> {
      await db.transaction(async (tx) => {
        await lockOwner(tx, userId);
        if (!(await claim(tx, 'profile', userId, ticket))) return;
        const before = await ownerState(tx, userId);
        await countWords(
          tx,
          'profile',
          await countedWords(tx, 'profile', userId),
          document?.is_counted ? document.words : [],
        );
        if (document) {
          await nameSkills(tx, document.skills);
          await upsertProfile(tx, document);
        } else {
          await tx.execute(sql`DELETE FROM discovery.profile_documents WHERE user_id = ${userId}`);
        }
        await tx.execute(
          isActive
            ? sql`DELETE FROM discovery.inactive_members WHERE user_id = ${userId}`
            : sql`INSERT INTO discovery.inactive_members (user_id) VALUES (${userId}) ON CONFLICT DO NOTHING`,
        );
        await cache.invalidate(tx, ['profile_documents']);
        const isSame = before.is_active === isActive && sameCard(before.person, document?.person ?? null);
        if (isSame) return;
        const { rows } = await tx.execute<{ project_id: number }>(
          sql`SELECT project_id FROM discovery.project_documents WHERE owner_id = ${userId}`,
        );
        await onOwnerChanged(
          tx,
          rows.map(({ project_id }) => project_id),
        );
      });
    },

    async countRequest(projectId: number): Promise<void> {
      await db.execute(sql`
        INSERT INTO discovery.request_counts (project_id, requests) VALUES (${projectId}, 1)
        ON CONFLICT (project_id) DO UPDATE SET requests = request_counts.requests + 1`);
      await cache.invalidate(db, ['request_counts']);
    },

    /** Ids of documents whose last run began before `ticket`, a page at a time. */
    async listOlderThan(kind: Kind, ticket: number, afterId: number, limit: number): Promise<number[]> {
      const { table, key } = sources[kind];
      const { rows } = await db.execute<{ id: number }>(sql`
        SELECT d.${key} AS id
        FROM ${table} d LEFT JOIN discovery.index_state s ON s.kind = ${kind} AND s.id = d.${key}
        WHERE d.${key} > ${afterId} AND coalesce(s.ticket, 0) < ${ticket}
        ORDER BY d.${key} LIMIT ${limit}`);
      return rows.map(({ id }) => id);
    },
  };
}

export type IndexStore = ReturnType<typeof createIndexStore>;

const sameCard = (one: PersonCard | null, other: PersonCard | null) =>
  one?.name === other?.name &&
  one?.username === other?.username &&
  one?.college === other?.college &&
  one?.avatar_url === other?.avatar_url &&
  one?.is_verified_student === other?.is_verified_student;

async function ownerState(tx: Db, userId: number): Promise<OwnerState> {
  const { rows } = await tx.execute<{ person: PersonCard | null; is_active: boolean } & Record<string, unknown>>(sql`
    SELECT (SELECT person FROM discovery.profile_documents WHERE user_id = ${userId}) AS person,
      NOT EXISTS (SELECT FROM discovery.inactive_members WHERE user_id = ${userId}) AS is_active`);
  return rows[0] ?? { person: null, is_active: true };
}

async function nameSkills(tx: Db, skills: NamedSkill[]): Promise<void> {
  if (skills.length === 0) return;
  await tx.execute(sql`
    INSERT INTO discovery.skill_names (skill_id, name)
    SELECT * FROM unnest(${sql.param(skills.map(({ skill_id }) => skill_id))}::bigint[], ${sql.param(skills.map(({ name }) => name))}::text[])
      AS s (skill_id, name)
    ORDER BY skill_id
    ON CONFLICT (skill_id) DO UPDATE SET name = excluded.name WHERE skill_names.name <> excluded.name`);
}

/** Column values by name as an upsert on the first column. */
function upsert(table: SQL, values: Record<string, unknown>): SQL {
  const names = Object.keys(values);
  const [key = '', ...others] = names;
  return sql`
    INSERT INTO ${table} (${list(names.map((name) => sql.identifier(name)))})
    VALUES (${list(Object.values(values).map((value) => sql.param(value)))})
    ON CONFLICT (${sql.identifier(key)}) DO UPDATE SET
      ${list(others.map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`))}`;
}

const list = (parts: (SQL | ReturnType<typeof sql.identifier> | ReturnType<typeof sql.param>)[]) =>
  sql.join(parts, sql`, `);

const upsertProject = (tx: Db, { card, ...document }: ProjectDocument) =>
  tx.execute(
    upsert(sql`discovery.project_documents`, {
      project_id: card.id,
      owner_id: card.owner_id,
      owner_is_active: document.owner_is_active,
      search: document.search,
      skill_ids: document.skills.map(({ skill_id }) => skill_id),
      skill_levels: document.skill_levels,
      levels: document.levels,
      college: document.college,
      college_key: document.college_key,
      status: card.status,
      visibility: card.visibility,
      is_remote: card.is_remote,
      is_full: document.is_full,
      hours: card.hours_per_week,
      budget_min: card.budget_min,
      budget_max: card.budget_max,
      currency: hasBudget(card) ? card.currency : null,
      title_key: document.title_key,
      is_counted: document.is_counted,
      created_at: card.created_at,
      updated_at: card.updated_at,
      card: JSON.stringify(card),
    }),
  );

/** Money is spoken of, and it is not "none". */
const hasBudget = ({ budget_min, budget_max }: Project) =>
  budget_max !== 0 && (budget_min !== null || budget_max !== null);

const upsertProfile = (tx: Db, { card, ...document }: ProfileDocument) =>
  tx.execute(
    upsert(sql`discovery.profile_documents`, {
      user_id: card.user_id,
      search: document.search,
      skill_ids: document.skills.map(({ skill_id }) => skill_id),
      skill_levels: document.skill_levels,
      levels: document.levels,
      college: document.college,
      college_key: document.college_key,
      major: card.major.trim(),
      major_key: document.major_key,
      year: card.year,
      hours: card.availability.hours_per_week,
      open_to: card.open_to,
      open_to_until: card.open_to_until,
      visibility: card.visibility,
      is_listed: document.is_listed,
      is_verified: document.is_verified,
      is_counted: document.is_counted,
      updated_at: card.updated_at,
      person: JSON.stringify(document.person),
      card: JSON.stringify(card),
    }),
  );
