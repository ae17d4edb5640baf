/** Requests: written one by one, closed in groups. */
import type { Collaboration } from '@collabthon/contracts/collaborations';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { isoTime } from '../../platform/database/columns.ts';
import type { Db } from '../../platform/database/database.ts';
import { type Reason, type RequestRow, requests } from './tables.ts';

export type NewRequest = Pick<
  RequestRow,
  'kind' | 'sender_id' | 'receiver_id' | 'person_id' | 'project_id' | 'role_id' | 'message'
>;
/** What an event says of a request, with everything called as it is at this moment. */
export type Party = Pick<RequestRow, 'id' | 'sender_id' | 'receiver_id' | 'project_id' | 'kind'> &
  Record<'sender_name' | 'receiver_name' | 'project_title' | 'role_name', string | null>;
export type DueRequest = Party & Pick<RequestRow, 'created_at' | 'expires_at'>;

/** Null for who is gone: whoever is told of it reads that in their own language. */
const nameOfCard = sql`CASE WHEN card ? 'is_former' THEN NULL ELSE card ->> 'name' END`;
const party = sql`c.id, c.sender_id, c.receiver_id, c.project_id, c.kind,
  (SELECT ${nameOfCard} FROM collaborations.people WHERE user_id = c.sender_id) AS sender_name,
  (SELECT ${nameOfCard} FROM collaborations.people WHERE user_id = c.receiver_id) AS receiver_name,
  (SELECT title FROM collaborations.projects WHERE id = c.project_id) AS project_title,
  (SELECT name FROM collaborations.roles WHERE id = c.role_id) AS role_name`;

export function createRequestStore(db: Db) {
  return {
    /** Null when the same is pending already, or the two are connected. */
    async insert(request: NewRequest): Promise<{ id: number; created_at: string } | null> {
      const { rows } = await db.execute<{ id: number; created_at: string }>(sql`
        INSERT INTO collaborations.requests (kind, sender_id, receiver_id, person_id, project_id, role_id, message)
        VALUES (${request.kind}, ${request.sender_id}, ${request.receiver_id}, ${request.person_id},
          ${request.project_id}, ${request.role_id}, ${request.message})
        ON CONFLICT DO NOTHING RETURNING id, created_at`);
      const [row] = rows;
      return row ? { id: row.id, created_at: isoTime(row.created_at) } : null;
    },

    async get(id: number): Promise<RequestRow | null> {
      const [row] = await db.select().from(requests).where(eq(requests.id, id));
      return row ?? null;
    },

    /** @throws Error when there is no such request */
    async getParty(id: number): Promise<Party> {
      const { rows } = await db.execute(sql`SELECT ${party} FROM collaborations.requests c WHERE c.id = ${id}`);
      const [found] = rows as unknown as Party[];
      if (!found) throw new Error(`Request ${id} is not there.`);
      return found;
    },

    /** The row as it is now, locked until the transaction ends. */
    async lock(id: number): Promise<RequestRow | null> {
      const [row] = await db.select().from(requests).where(eq(requests.id, id)).for('update');
      return row ?? null;
    },

    /** What stands in the way of a new request: the pending one, or the connection that is. */
    async findStanding(request: NewRequest): Promise<Pick<RequestRow, 'sender_id' | 'status'> | null> {
      const same =
        request.project_id === null
          ? sql`c.kind = 'connection' AND c.status IN ('pending', 'accepted')
              AND least(c.sender_id, c.receiver_id) = least(${request.sender_id}::bigint, ${request.receiver_id}::bigint)
              AND greatest(c.sender_id, c.receiver_id) = greatest(${request.sender_id}::bigint, ${request.receiver_id}::bigint)`
          : sql`c.status = 'pending' AND c.project_id = ${request.project_id} AND c.person_id = ${request.person_id}
              AND c.role_id IS NOT DISTINCT FROM ${request.role_id}::bigint`;
      const { rows } = await db.execute<Pick<RequestRow, 'sender_id' | 'status'>>(
        sql`SELECT c.sender_id, c.status FROM collaborations.requests c WHERE ${same} LIMIT 1`,
      );
      return rows[0] ?? null;
    },

    /** Until when the receiver's no to this very request stands; null when they may be asked. */
    async declinedUntil(request: NewRequest, days: number): Promise<string | null> {
      const { rows } = await db.execute<{ until: string | null }>(sql`
        SELECT max(updated_at) + make_interval(days => ${days}) AS until FROM collaborations.requests
        WHERE sender_id = ${request.sender_id} AND receiver_id = ${request.receiver_id}
          AND project_id IS NOT DISTINCT FROM ${request.project_id}::bigint
          AND role_id IS NOT DISTINCT FROM ${request.role_id}::bigint
          AND reason = 'declined' AND updated_at > now() - make_interval(days => ${days})`);
      return isoTime(rows[0]?.until ?? null);
    },

    /** Ends a request that is in this state. @returns false when it is in another by now. */
    async end(id: number, from: 'pending' | 'accepted', status: Collaboration['status'], reason: Reason | null) {
      const ended = await db
        .update(requests)
        .set({ status, reason, updated_at: new Date().toISOString() })
        .where(and(eq(requests.id, id), eq(requests.status, from)))
        .returning({ id: requests.id });
      return ended.length === 1;
    },

    /** Ends every pending request under a condition on `collaborations.requests c`. */
    async endPending(condition: SQL, status: 'rejected' | 'cancelled', reason: Reason): Promise<Party[]> {
      const { rows } = await db.execute(sql`
        UPDATE collaborations.requests c SET status = ${status}, reason = ${reason}, updated_at = now()
        WHERE c.status = 'pending' AND ${condition} RETURNING ${party}`);
      return rows as unknown as Party[];
    },

    /** Marks up to `limit` requests that wait for three days as reminded; rows in use wait for the next run. */
    async remindDue(limit: number): Promise<DueRequest[]> {
      const { rows } = await db.execute(sql`
        UPDATE collaborations.requests c SET reminded_at = now()
        FROM (
          SELECT id FROM collaborations.requests
          WHERE status = 'pending' AND reminded_at IS NULL AND created_at <= now() - interval '3 days' AND expires_at > now()
          ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ) due
        WHERE c.id = due.id RETURNING ${party}, c.created_at, c.expires_at`);
      return (rows as unknown as DueRequest[]).map((row) => ({
        ...row,
        created_at: isoTime(row.created_at),
        expires_at: isoTime(row.expires_at),
      }));
    },

    /** Ends up to `limit` requests whose time is over. */
    expireDue(limit: number): Promise<Party[]> {
      return this.endPending(
        sql`c.id IN (
          SELECT id FROM collaborations.requests WHERE status = 'pending' AND expires_at <= now()
          ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
        'cancelled',
        'expired',
      );
    },
  };
}
