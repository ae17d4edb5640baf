/** The module's mirror of people's cards: fed by `profile.changed`, asked for when somebody is missing. */
import type { PersonCard } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';

/** Stands in for somebody whose account is gone. */
export const formerMember = (user_id: number): PersonCard => ({
  user_id,
  username: 'former-member',
  name: 'Former member',
  college: null,
  is_verified_student: false,
  avatar_url: null,
});

/** Keeps a card unless a newer one is here. */
export async function keepCard(db: Db, card: PersonCard, version: number): Promise<void> {
  await db.execute(sql`
    INSERT INTO collaborations.people AS p (user_id, card, version)
    VALUES (${card.user_id}, ${JSON.stringify(card)}::jsonb, ${version})
    ON CONFLICT (user_id) DO UPDATE SET card = excluded.card, version = excluded.version
    WHERE p.version < excluded.version`);
}

/** Asks for the cards that are not here. Not to be called inside a transaction. Returns whether any came. */
export async function ensurePeople({ db, calls }: Platform, userIds: readonly number[]): Promise<boolean> {
  const { rows } = await db.execute<{ user_id: number }>(sql`
    SELECT w.user_id FROM unnest(${sql.param([...new Set(userIds)])}::bigint[]) AS w (user_id)
    WHERE NOT EXISTS (SELECT FROM collaborations.people p WHERE p.user_id = w.user_id)`);
  let came = 0;
  for (let at = 0; at < rows.length; at += 500) {
    const cards = await calls('profiles.getCards', { user_ids: rows.slice(at, at + 500).map((row) => row.user_id) });
    // An event may have been faster; its card is at least as new.
    await db.execute(sql`
      INSERT INTO collaborations.people (user_id, card)
      SELECT (c.card ->> 'user_id')::bigint, c.card FROM jsonb_array_elements(${JSON.stringify(cards)}::jsonb) AS c (card)
      ON CONFLICT (user_id) DO NOTHING`);
    came += cards.length;
  }
  return came > 0;
}

/** The card as this module has it. */
export async function getCard(db: Db, userId: number): Promise<PersonCard> {
  const { rows } = await db.execute<{ card: PersonCard }>(
    sql`SELECT card FROM collaborations.people WHERE user_id = ${userId}`,
  );
  return rows[0]?.card ?? formerMember(userId);
}
