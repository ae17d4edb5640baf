/**
 * A module's own mirror of people's cards, in the table `people` of its schema: fed by `profile.changed`, asked for when
 * somebody is missing.
 */
import type { PersonCard } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import type { Db } from './database/database.ts';
import type { Platform } from './module.ts';

/** People that one call may ask for. */
const MOST = 500;
/** Above every version of a card. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Stands in for somebody whose account is gone; its name is for clients that do not know `is_former`. */
export const formerMember = (user_id: number): PersonCard => ({
  user_id,
  username: 'former-member',
  name: 'Former member',
  college: null,
  is_verified_student: false,
  avatar_url: null,
  is_former: true,
});

/** The card of anybody; of somebody whose account is gone, the one that stands in for them. */
export type CardOf = (userId: number) => PersonCard;

/** @param schema has `people (user_id bigint PRIMARY KEY, card jsonb, version bigint)` */
export function createPersonCards(schema: string) {
  const people = sql`${sql.identifier(schema)}.people`;

  /** Keeps a card unless a newer one is here. */
  const keepCard = async (db: Db, card: PersonCard, version: number): Promise<void> => {
    await db.execute(sql`
      INSERT INTO ${people} AS p (user_id, card, version)
      VALUES (${card.user_id}, ${JSON.stringify(card)}::jsonb, ${version})
      ON CONFLICT (user_id) DO UPDATE SET card = excluded.card, version = excluded.version
      WHERE p.version < excluded.version`);
  };

  /** Asks for the cards that are not here. Not to be called inside a transaction. @returns whether any came */
  const ensurePeople = async ({ db, calls }: Platform, userIds: readonly number[]): Promise<boolean> => {
    const { rows } = await db.execute<{ user_id: number }>(sql`
      SELECT w.user_id FROM unnest(${sql.param([...new Set(userIds)])}::bigint[]) AS w (user_id)
      WHERE NOT EXISTS (SELECT FROM ${people} p WHERE p.user_id = w.user_id)`);
    let came = 0;
    for (let at = 0; at < rows.length; at += MOST) {
      const user_ids = rows.slice(at, at + MOST).map((row) => row.user_id);
      const cards = await calls('profiles.getCards', { user_ids });
      // An event may have been faster; its card is at least as new.
      await db.execute(sql`
        INSERT INTO ${people} (user_id, card)
        SELECT (c.card ->> 'user_id')::bigint, c.card FROM jsonb_array_elements(${JSON.stringify(cards)}::jsonb) AS c (card)
        ON CONFLICT (user_id) DO NOTHING`);
      came += cards.length;
    }
    return came > 0;
  };

  const readCards = async (db: Db, userIds: readonly number[]) => {
    const { rows } = await db.execute<{ user_id: number; card: PersonCard }>(
      sql`SELECT user_id, card FROM ${people} WHERE user_id = ANY(${sql.param(userIds)}::bigint[])`,
    );
    return new Map(rows.map(({ user_id, card }) => [user_id, card]));
  };

  return {
    keepCard,
    ensurePeople,

    /** The card as this module has it. */
    async getCard(db: Db, userId: number): Promise<PersonCard> {
      return (await readCards(db, [userId])).get(userId) ?? formerMember(userId);
    },

    /** Those of all these people. Not to be called inside a transaction. */
    async findCards(platform: Platform, userIds: Iterable<number>): Promise<CardOf> {
      const wanted = [...new Set(userIds)];
      let cards = await readCards(platform.db, wanted);
      if (cards.size < wanted.length && (await ensurePeople(platform, wanted))) {
        cards = await readCards(platform.db, wanted);
      }
      return (userId) => cards.get(userId) ?? formerMember(userId);
    },

    /** From now on a former member stands there, whatever an event may still say. */
    forgetCard: (db: Db, userId: number): Promise<void> => keepCard(db, formerMember(userId), LAST),
  };
}
