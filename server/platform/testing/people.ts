/** Signed-in people by the handful, without the cost of hashing a password for each. */
import { sql } from 'drizzle-orm';
import type { TestApp } from './test-app.ts';

export interface Person {
  id: number;
  username: string;
  email: string;
  token: string;
}

interface PeopleOptions {
  /** Whether their addresses are confirmed. */
  isVerified?: boolean;
  locale?: string;
}

export async function people(
  app: TestApp,
  count: number,
  { isVerified = false, locale = 'en' }: PeopleOptions = {},
): Promise<Person[]> {
  const { rows } = await app.db.execute<{ id: number; username: string; email: string }>(sql`
    INSERT INTO accounts.users (username, email, is_verified, locale)
    SELECT name, name || '@example.org', ${isVerified}::boolean, ${locale}
    FROM (SELECT 'p' || left(md5(random()::text || n), 12) AS name FROM generate_series(1, ${count}) n) named
    RETURNING id, username, email`);
  return Promise.all(
    rows.map(async ({ id, username, email }) => {
      const principal = { user_id: id, username, role: 'student' as const, session_id: id, is_verified: true };
      return { id, username, email, token: await app.platform.auth.issueAccessToken(principal) };
    }),
  );
}

export type Crew = Record<'owner' | 'ada' | 'bob' | 'eve', Person>;

/** Exactly four of them, for destructuring without doubt. */
export async function crew(app: TestApp, options?: PeopleOptions): Promise<Crew> {
  const [owner, ada, bob, eve] = await people(app, 4, options);
  if (!owner || !ada || !bob || !eve) throw new Error('Nobody came.');
  return { owner, ada, bob, eve };
}
