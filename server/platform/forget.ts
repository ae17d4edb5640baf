/** What the platform itself knows of a person: mails, answers that are kept, entries of the stream, payloads of jobs and sagas. */
import { sql } from 'drizzle-orm';
import type { Db } from './database/database.ts';

/**
 * Erases it. Jobs that are done or given up go, since events carry cards and mails carry addresses.
 *
 * @throws Error while a job about them is still to be done: try again later
 */
export async function forgetPerson(
  tx: Db,
  { userId, addresses }: { userId: number; addresses: string[] },
): Promise<void> {
  const mailed = sql`ANY(${sql.param(addresses.map((address) => address.toLowerCase()))}::text[])`;
  // In the text form of jsonb: a reference to the person in any payload, or a mail to them.
  const isAboutThem = sql`(
    data::text ~ ${`"(user_id|owner_id|sender_id|receiver_id|actor_id)": ${userId}[,}]`} OR lower(data->>'to') = ${mailed})`;
  await tx.execute(sql`
    DELETE FROM pgboss.job WHERE (state >= 'completed' OR name = 'dead-letters') AND ${isAboutThem}`);
  const { rows } = await tx.execute<{ name: string }>(sql`SELECT name FROM pgboss.job WHERE ${isAboutThem} LIMIT 1`);
  if (rows[0]) throw new Error(`There is work about this person in ${rows[0].name}.`);
  // All but the one that is at work here.
  const isTheirs = sql`input->>'user_id' = ${String(userId)}`;
  await tx.execute(sql`DELETE FROM platform.sagas WHERE ${isTheirs} AND coalesce(held_until < now(), true)`);
  const held = await tx.execute(sql`SELECT 1 FROM platform.sagas WHERE ${isTheirs}`);
  if (held.rows.length > 1) throw new Error('There is another saga at work about this person.');
  await tx.execute(sql`DELETE FROM platform.mailbox WHERE lower(recipient) = ${mailed}`);
  await tx.execute(sql`DELETE FROM platform.idempotency_keys WHERE user_id = ${userId}`);
  await tx.execute(sql`DELETE FROM platform.stream_entries WHERE user_id = ${userId}`);
  await tx.execute(sql`DELETE FROM platform.stream_heads WHERE user_id = ${userId}`);
}
