/** Reading requests and teams: each list is one statement. */
import type { Collaboration, CollaborationStatus, Team } from '@collabthon/contracts/collaborations';
import type { Project, ProjectStatus } from '@collabthon/contracts/projects';
import type { PersonCard } from '@collabthon/contracts/shapes';
import { type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { decodeCursor, type Paging } from '../../platform/database/paging.ts';
import { formerMember } from '../../platform/person-cards.ts';
import { teamVisibleTo } from './policy.ts';

type ReadRow = Omit<Collaboration, 'sender' | 'receiver'> & { sender: PersonCard | null; receiver: PersonCard | null };
type Role = { id: number; name: string } | null;

const select = sql`
  SELECT c.id, c.kind, c.sender_id, c.receiver_id, s.card AS sender, r.card AS receiver, c.project_id,
    CASE WHEN p.id IS NOT NULL AND NOT p.is_deleted
      THEN json_build_object('id', p.id, 'title', p.title, 'status', p.status) END AS project,
    CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS role,
    c.message, c.status, c.reason, c.created_at, c.updated_at, c.expires_at
  FROM collaborations.requests c
  LEFT JOIN collaborations.people s ON s.user_id = c.sender_id
  LEFT JOIN collaborations.people r ON r.user_id = c.receiver_id
  LEFT JOIN collaborations.projects p ON p.id = c.project_id
  LEFT JOIN collaborations.roles o ON o.id = c.role_id`;

const toCollaboration = (row: ReadRow): Collaboration => ({
  ...row,
  sender: row.sender ?? formerMember(row.sender_id),
  receiver: row.receiver ?? formerMember(row.receiver_id),
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
  expires_at: isoTime(row.expires_at),
});

export interface RequestFilter {
  side: 'sender' | 'receiver';
  user_id: number;
  status?: CollaborationStatus | undefined;
  project_id?: number | undefined;
  skip: number;
  limit: number;
}

export interface TeamOfMine {
  project: { id: number; title: string; status: ProjectStatus };
  is_owner: boolean;
  role: Role;
  member_count: number;
  joined_at: string;
}

export interface TeamOfThem {
  project: Pick<Project, 'id' | 'title' | 'status' | 'visibility'>;
  role: Role;
  joined_at: string;
}

/** Somebody is in as many teams as they are shown. */
const MOST_TEAMS = 200;
/** As many of somebody's teams as others read through. */
const MOST_SHOWN = 24;

export function createCollaborationReads(db: Db) {
  const find = async (tail: SQL): Promise<Collaboration[]> => {
    const { rows } = await db.execute(sql`${select} ${tail}`);
    return (rows as unknown as ReadRow[]).map(toCollaboration);
  };

  return {
    async get(id: number): Promise<Collaboration | null> {
      return (await find(sql`WHERE c.id = ${id}`))[0] ?? null;
    },

    /** One side's requests, newest first. */
    list: ({ side, user_id, status, project_id, skip, limit }: RequestFilter) =>
      find(sql`
        WHERE ${side === 'sender' ? sql`c.sender_id` : sql`c.receiver_id`} = ${user_id}
          ${status === undefined ? sql`` : sql`AND c.status = ${status}`}
          ${project_id === undefined ? sql`` : sql`AND c.project_id = ${project_id}`}
        ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit} OFFSET ${skip}`),

    /** What came to an end, from whichever side it was sent; each side is read from its own index. */
    async history(userId: number, { cursor, size }: Paging): Promise<Collaboration[]> {
      const [before] = decodeCursor(cursor, ['integer']) ?? [null];
      const side = (column: SQL) => sql`(
        SELECT c.id FROM collaborations.requests c
        WHERE ${column} = ${userId} AND c.status <> 'pending' AND (${before}::bigint IS NULL OR (c.created_at, c.id) <
          (SELECT b.created_at, b.id FROM collaborations.requests b WHERE b.id = ${before}::bigint))
        ORDER BY c.created_at DESC, c.id DESC LIMIT ${size + 1})`;
      return find(sql`
        WHERE c.id IN (${side(sql`c.sender_id`)} UNION ALL ${side(sql`c.receiver_id`)})
        ORDER BY c.created_at DESC, c.id DESC LIMIT ${size + 1}`);
    },

    async stats(userId: number) {
      const { rows } = await db.execute(sql`
        SELECT
          count(*) FILTER (WHERE sender_id = ${userId}) AS total_sent,
          count(*) FILTER (WHERE receiver_id = ${userId}) AS total_received,
          count(*) FILTER (WHERE sender_id = ${userId} AND status = 'pending') AS pending_sent,
          count(*) FILTER (WHERE receiver_id = ${userId} AND status = 'pending') AS pending_received,
          count(*) FILTER (WHERE status = 'accepted') AS accepted,
          count(*) FILTER (WHERE status = 'rejected') AS rejected,
          count(*) FILTER (WHERE status = 'cancelled') AS cancelled
        FROM collaborations.requests WHERE sender_id = ${userId} OR receiver_id = ${userId}`);
      return rows[0] as unknown as Record<
        'total_sent' | 'total_received' | 'pending_sent' | 'pending_received' | 'accepted' | 'rejected' | 'cancelled',
        number
      >;
    },

    async count(): Promise<{ total: number; pending: number }> {
      const { rows } = await db.execute<{ total: number; pending: number }>(sql`
        SELECT count(*) AS total, count(*) FILTER (WHERE status = 'pending') AS pending FROM collaborations.requests`);
      return rows[0] ?? { total: 0, pending: 0 };
    },

    /** Teams of one's own projects that are out, and of those one has joined; latest first. */
    async listTeams(userId: number): Promise<TeamOfMine[]> {
      const { rows } = await db.execute(sql`
        SELECT json_build_object('id', p.id, 'title', p.title, 'status', p.status) AS project, t.is_owner, p.member_count,
          CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS role, t.joined_at
        FROM (
          SELECT id AS project_id, true AS is_owner, NULL::bigint AS role_id, created_at AS joined_at
          FROM collaborations.projects WHERE owner_id = ${userId} AND NOT is_deleted AND status <> 'draft'
          UNION ALL
          SELECT project_id, false, role_id, joined_at FROM collaborations.members WHERE user_id = ${userId}
        ) t
        JOIN collaborations.projects p ON p.id = t.project_id
        LEFT JOIN collaborations.roles o ON o.id = t.role_id
        ORDER BY t.joined_at DESC, p.id DESC LIMIT ${MOST_TEAMS}`);
      return (rows as unknown as TeamOfMine[]).map((row) => ({ ...row, joined_at: isoTime(row.joined_at) }));
    },

    /** Teams of others that somebody joined and this viewer may see, of projects that were not called off; latest first. */
    async listJoined(userId: number, viewer: Parameters<typeof teamVisibleTo>[0]): Promise<TeamOfThem[]> {
      const { rows } = await db.execute(sql`
        SELECT json_build_object('id', p.id, 'title', p.title, 'status', p.status, 'visibility', p.visibility) AS project,
          CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS role, m.joined_at
        FROM collaborations.members m
        JOIN collaborations.projects p ON p.id = m.project_id
        LEFT JOIN collaborations.roles o ON o.id = m.role_id
        WHERE m.user_id = ${userId} AND p.status IN ('open', 'in_progress', 'completed') AND ${teamVisibleTo(viewer)}
        ORDER BY m.joined_at DESC, p.id DESC LIMIT ${MOST_SHOWN}`);
      return (rows as unknown as TeamOfThem[]).map((row) => ({ ...row, joined_at: isoTime(row.joined_at) }));
    },

    /**
     * The team of a project that this viewer may see, or of any for `'anybody'`; null when there is none. `fresh` is the
     * project that decides who may see it, the mirrored one unless given.
     */
    async getTeam(
      projectId: number,
      viewer: Parameters<typeof teamVisibleTo>[0] | 'anybody',
      fresh?: Parameters<typeof teamVisibleTo>[1],
    ): Promise<Team | null> {
      const { rows } = await db.execute<{ members: TeamRow[]; roles: Team['roles'] }>(sql`
        SELECT
          (SELECT json_agg(json_build_object('user_id', t.user_id, 'card', c.card, 'is_owner', t.is_owner,
              'role', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END,
              'joined_at', t.joined_at) ORDER BY t.is_owner DESC, t.joined_at, t.user_id)
           FROM (
             SELECT p.owner_id AS user_id, true AS is_owner, NULL::bigint AS role_id, p.created_at AS joined_at
             UNION ALL
             SELECT m.user_id, false, m.role_id, m.joined_at FROM collaborations.members m WHERE m.project_id = p.id
           ) t
           LEFT JOIN collaborations.people c ON c.user_id = t.user_id
           LEFT JOIN collaborations.roles o ON o.id = t.role_id) AS members,
          (SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'seats', r.seats, 'taken', r.taken)
              ORDER BY r.position), '[]')
           FROM collaborations.roles r WHERE r.project_id = p.id AND NOT r.is_removed) AS roles
        FROM collaborations.projects p
        WHERE p.id = ${projectId} AND NOT p.is_deleted AND ${viewer === 'anybody' ? sql`true` : teamVisibleTo(viewer, fresh)}`);
      const [row] = rows;
      if (!row) return null;
      const members = row.members.map(({ user_id, card, is_owner, role, joined_at }) => ({
        person: card ?? formerMember(user_id),
        is_owner,
        role,
        joined_at: isoTime(joined_at),
      }));
      return { project_id: projectId, members, roles: row.roles };
    },

    /** Projects and people that this member has something going with already. */
    async getTies(userId: number): Promise<{ project_ids: number[]; user_ids: number[] }> {
      const { rows } = await db.execute<{ project_ids: number[]; user_ids: number[] }>(sql`
        WITH mine AS (
          SELECT project_id, person_id, CASE WHEN sender_id = ${userId} THEN receiver_id ELSE sender_id END AS other_id
          FROM collaborations.requests
          WHERE (sender_id = ${userId} OR receiver_id = ${userId})
            AND (status = 'pending' OR status = 'accepted' AND kind = 'connection')
        )
        SELECT
          (SELECT coalesce(json_agg(id), '[]') FROM (
            SELECT project_id AS id FROM collaborations.members WHERE user_id = ${userId}
            UNION SELECT project_id FROM mine WHERE person_id = ${userId} AND project_id IS NOT NULL) p) AS project_ids,
          (SELECT coalesce(json_agg(DISTINCT other_id), '[]') FROM mine) AS user_ids`);
      return rows[0] ?? { project_ids: [], user_ids: [] };
    },
  };
}

interface TeamRow {
  user_id: number;
  card: PersonCard | null;
  is_owner: boolean;
  role: Role;
  joined_at: string;
}
