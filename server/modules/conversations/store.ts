/** Conversations and who is in them. Whoever changes either, or writes, holds the conversation's row. */
import type { ConversationKind } from '@collabthon/contracts/conversations';
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';

export interface ConversationRow {
  id: number;
  kind: ConversationKind;
  project_id: number | null;
  request_id: number | null;
  is_open: boolean;
  last_position: number;
}

export interface RequestOf {
  request_id: number;
  project_id: number | null;
  user_ids: number[];
}

/** Above every version that a project can have. */
const DELETED = 2_147_483_647;

const fields = sql`c.id, c.kind, c.project_id, c.request_id, c.closed_at IS NULL AS is_open, c.last_position`;

export function createConversationStore(db: Db) {
  const one = async (query: SQL): Promise<ConversationRow | null> => {
    const { rows } = await db.execute(query);
    return (rows as unknown as ConversationRow[])[0] ?? null;
  };
  /** Of `conversations.conversations c`: this member is in it. */
  const has = (userId: number) => sql`EXISTS (
    SELECT FROM conversations.members m
    WHERE m.conversation_id = c.id AND m.user_id = ${userId} AND m.left_at IS NULL)`;

  return {
    /** Null for who is not in it, as for one that does not exist. */
    getFor: (userId: number, id: number) =>
      one(sql`SELECT ${fields} FROM conversations.conversations c WHERE c.id = ${id} AND ${has(userId)}`),

    /** The same, locked until the transaction ends: nobody writes, enters or leaves meanwhile. */
    async lockFor(userId: number, id: number): Promise<ConversationRow | null> {
      const locked = await one(sql`SELECT ${fields} FROM conversations.conversations c WHERE c.id = ${id} FOR UPDATE`);
      // Asked once the lock is there: who left while it was waited for is out.
      return locked && (await this.memberIds(id)).includes(userId) ? locked : null;
    },

    /** A message with the mark of who would read it; null when they are not in it, or it is deleted. */
    async findForReader(id: number, position: number, userId: number) {
      const { rows } = await db.execute<{ text: string; read_position: number }>(sql`
        SELECT x.text, m.read_position FROM conversations.messages x
        JOIN conversations.members m ON m.conversation_id = x.conversation_id AND m.user_id = ${userId} AND m.left_at IS NULL
        WHERE x.conversation_id = ${id} AND x.position = ${position} AND x.text IS NOT NULL`);
      return rows[0] ?? null;
    },

    async findTitle(projectId: number): Promise<string | null> {
      const { rows } = await db.execute<{ title: string | null }>(
        sql`SELECT title FROM conversations.projects WHERE id = ${projectId}`,
      );
      return rows[0]?.title ?? null;
    },

    async memberIds(id: number): Promise<number[]> {
      const { rows } = await db.execute<{ user_id: number }>(sql`
        SELECT user_id FROM conversations.members WHERE conversation_id = ${id} AND left_at IS NULL ORDER BY user_id`);
      return rows.map(({ user_id }) => user_id);
    },

    /** @returns null when it is there already, open or closed */
    async openForRequest({ request_id, project_id, user_ids }: RequestOf): Promise<ConversationRow | null> {
      const opened = await one(sql`
        INSERT INTO conversations.conversations AS c (kind, project_id, request_id)
        VALUES ('request', ${project_id}, ${request_id}) ON CONFLICT (request_id) DO NOTHING RETURNING ${fields}`);
      if (opened) await this.enter(opened, user_ids);
      return opened;
    },

    /** @returns null when it was closed already */
    closeForRequest: (requestId: number) =>
      one(sql`
        UPDATE conversations.conversations c SET closed_at = now()
        WHERE request_id = ${requestId} AND closed_at IS NULL RETURNING ${fields}`),

    /**
     * Takes the next state of a team; locks its conversation, which begins with the second member.
     * @returns null when it has none, or a newer state is here
     */
    async openForTeam(projectId: number, version: number, memberCount: number): Promise<ConversationRow | null> {
      const { rows } = await db.execute<{ is_deleted: boolean }>(sql`
        INSERT INTO conversations.projects AS p (id, team_version) VALUES (${projectId}, ${version})
        ON CONFLICT (id) DO UPDATE SET team_version = excluded.team_version
        WHERE p.team_version < excluded.team_version RETURNING is_deleted`);
      const [project] = rows;
      if (!project) return null;
      const there = await one(sql`
        SELECT ${fields} FROM conversations.conversations c
        WHERE project_id = ${projectId} AND kind = 'team' FOR UPDATE`);
      if (there || memberCount < 2) return there;
      // Nobody else begins it meanwhile: the project's row is locked.
      return one(sql`
        INSERT INTO conversations.conversations AS c (kind, project_id, closed_at)
        VALUES ('team', ${projectId}, ${project.is_deleted ? sql`now()` : sql`NULL`}) RETURNING ${fields}`);
    },

    /** Those who come have read what was said before: it is no news. */
    async enter({ id, last_position }: ConversationRow, userIds: readonly number[]): Promise<void> {
      await db.execute(sql`
        INSERT INTO conversations.members AS m (conversation_id, user_id, read_position)
        SELECT ${id}::bigint, w.user_id, ${last_position}::bigint
        FROM unnest(${sql.param([...userIds])}::bigint[]) AS w (user_id)
        ON CONFLICT (conversation_id, user_id) DO UPDATE
        SET left_at = NULL, joined_at = now(), read_position = excluded.read_position WHERE m.left_at IS NOT NULL`);
    },

    async leave({ id }: ConversationRow, userIds: readonly number[]): Promise<void> {
      await db.execute(sql`
        UPDATE conversations.members SET left_at = clock_timestamp()
        WHERE conversation_id = ${id} AND user_id = ANY(${sql.param([...userIds])}::bigint[]) AND left_at IS NULL`);
    },

    /** Keeps a title unless a newer one is here. */
    async saveProject(id: number, title: string, version: number): Promise<void> {
      await db.execute(sql`
        INSERT INTO conversations.projects AS p (id, title, version) VALUES (${id}, ${title}, ${version})
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, version = excluded.version
        WHERE p.version < excluded.version`);
    },

    /** Closes the conversation of its team. Refuses every later word of the project; its title stays for who reads on. */
    async deleteProject(id: number): Promise<ConversationRow | null> {
      await db.execute(sql`
        INSERT INTO conversations.projects AS p (id, version, is_deleted) VALUES (${id}, ${DELETED}, true)
        ON CONFLICT (id) DO UPDATE SET is_deleted = true, version = excluded.version,
          title = CASE WHEN EXISTS (SELECT FROM conversations.conversations WHERE project_id = ${id}) THEN p.title END`);
      return one(sql`
        UPDATE conversations.conversations c SET closed_at = now()
        WHERE project_id = ${id} AND kind = 'team' AND closed_at IS NULL RETURNING ${fields}`);
    },

    /** Moves a mark forward, not beyond what was written. @returns where it is now; null when it was there already. */
    async markRead(userId: number, id: number, position: number): Promise<number | null> {
      const { rows } = await db.execute<{ read_position: number }>(sql`
        UPDATE conversations.members m SET read_position = least(${position}::bigint, c.last_position)
        FROM conversations.conversations c
        WHERE c.id = ${id} AND m.conversation_id = c.id AND m.user_id = ${userId} AND m.left_at IS NULL
          AND m.read_position < least(${position}::bigint, c.last_position)
        RETURNING m.read_position`);
      return rows[0]?.read_position ?? null;
    },
  };
}
