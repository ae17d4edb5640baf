/** Sessions that ended while access tokens of theirs may still be about, known to every process within moments. */
import { sql } from 'drizzle-orm';
import type { Db } from '../database/database.ts';
import type { Listener } from '../database/listener.ts';

const CHANNEL = 'session_revoked';

export interface Revocations {
  has(sessionId: number): boolean;
  /** Ends sessions; written in the caller's transaction, in force everywhere once it commits. */
  add(tx: Db, sessionIds: number[]): Promise<void>;
  /** In force in this process at once; to be called when the transaction of `add` has committed. */
  remember(sessionIds: number[]): void;
  /** Called with ids that ended anywhere, so that caches let go of them. */
  onRevoked(listener: (sessionId: number) => void): void;
  close(): void;
}

/** `keepSeconds` is the life of an access token: after that a revoked session has no token left and is forgotten. */
export async function createRevocations(listener: Listener, keepSeconds: number): Promise<Revocations> {
  const revoked = new Map<number, number>();
  const listeners: ((sessionId: number) => void)[] = [];

  const remember = (sessionIds: number[]) => {
    const forgetAt = Date.now() + keepSeconds * 1000;
    for (const id of sessionIds) {
      revoked.set(id, forgetAt);
      for (const listener of listeners) listener(id);
    }
  };

  await listener.hear(
    CHANNEL,
    (ids) => remember(ids.split(',').map(Number)),
    async (client) => {
      const { rows } = await client.query<{ session_id: number }>(
        'SELECT session_id FROM platform.revoked_sessions WHERE forget_after > now()',
      );
      remember(rows.map((row) => row.session_id));
    },
  );

  const sweep = setInterval(() => {
    const now = Date.now();
    for (const [id, forgetAt] of revoked) if (forgetAt <= now) revoked.delete(id);
  }, 60_000);
  sweep.unref();

  return {
    has: (sessionId) => revoked.has(sessionId),
    remember,
    onRevoked: (listener) => listeners.push(listener),

    async add(tx, sessionIds) {
      if (sessionIds.length === 0) return;
      await tx.execute(sql`
        INSERT INTO platform.revoked_sessions (session_id, forget_after)
        SELECT id, now() + make_interval(secs => ${keepSeconds}) FROM unnest(${sql.param(sessionIds)}::bigint[]) AS id
        ON CONFLICT (session_id) DO NOTHING`);
      // A notification carries at most 8,000 bytes.
      for (let at = 0; at < sessionIds.length; at += 300) {
        await tx.execute(sql`SELECT pg_notify(${CHANNEL}, ${sessionIds.slice(at, at + 300).join(',')})`);
      }
    },

    close: () => clearInterval(sweep),
  };
}
