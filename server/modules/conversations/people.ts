/** The module's mirror of people's cards: fed by `profile.changed`, asked for when somebody is missing. */
import type { PersonCard } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/module.ts';

/** The card of anybody; of somebody whose account is gone, one that stands in for them. */
export type CardOf = (userId: number) => PersonCard;

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
    INSERT INTO conversations.people AS p (user_id, card, version)
    VALUES (${card.user_id}, ${JSON.stringify(card)}::jsonb, ${version})
    ON CONFLICT (user_id) DO UPDATE SET card = excluded.card, version = excluded.version
    WHERE p.version < excluded.version`);
}

/** The cards of these people in one statement, and those that are not here by a call. Not to be called in a transaction. */
export async function findCards({ db, calls }: Platform, userIds: Iterable<number>): Promise<CardOf> {
  const wanted = [...new Set(userIds)];
  const { rows } = await db.execute<{ user_id: number; card: PersonCard }>(sql`
    SELECT user_id, card FROM conversations.people WHERE user_id = ANY(${sql.param(wanted)}::bigint[])`);
  const cards = new Map(rows.map(({ user_id, card }) => [user_id, card]));
  const missing = wanted.filter((id) => !cards.has(id));
  for (let at = 0; at < missing.length; at += 500) {
    for (const card of await calls('profiles.getCards', { user_ids: missing.slice(at, at + 500) })) {
      cards.set(card.user_id, card);
      await db.execute(sql`
        INSERT INTO conversations.people (user_id, card) VALUES (${card.user_id}, ${JSON.stringify(card)}::jsonb)
        ON CONFLICT (user_id) DO NOTHING`);
    }
  }
  return (userId) => cards.get(userId) ?? formerMember(userId);
}
