/**
 * `Idempotency-Key`, after the IETF draft of that name: a POST that creates is fulfilled once for each key of a member.
 * Its answer is kept in the transaction of what it created, and given again to whoever repeats it within a day.
 */
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Db } from '../database/database.ts';
import { problem } from './problems.ts';

/** Keeps the answer with what was created in `tx`, and returns it. Does nothing for a caller who sent no key. */
export type Keep = <T>(tx: Db, answer: T) => Promise<T>;

export interface Wish {
  /** The first answer, if there was one. @throws 422 `idempotency_key_reused` */
  findAnswer(): Promise<unknown>;
  keep: Keep;
}

export const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]{1,255}$',
      description: 'Names one wish of yours: repeated within a day, it gets the first answer and creates nothing.',
    }),
  ),
});

export const noWish: Keep = async (_tx, answer) => answer;

/** The wish behind a request; null when it names none. */
export function readWish(db: Db, request: FastifyRequest): Wish | null {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !request.principal) return null;
  const { method, url, body, principal } = request;
  return createWish(db, {
    userId: principal.user_id,
    key,
    wanted: `${method} ${url}\n${JSON.stringify(body ?? null)}`,
  });
}

/** @param userId whose key it is; 0 for services */
export function createWish(db: Db, { userId, key, wanted }: { userId: number; key: string; wanted: string }): Wish {
  const hash = createHash('sha256').update(wanted).digest('base64url');
  return {
    async findAnswer() {
      const { rows } = await db.execute<{ request_hash: string; answer: unknown }>(sql`
        SELECT request_hash, answer FROM platform.idempotency_keys WHERE user_id = ${userId} AND key = ${key}`);
      const kept = rows[0];
      if (!kept) return undefined;
      if (kept.request_hash === hash) return kept.answer;
      throw problem(
        422,
        'idempotency_key_reused',
        'This idempotency key was used for something else. Choose a new one.',
      );
    },
    async keep(tx, answer) {
      // Waits for another that is at the same wish; if that one commits, all of this is rolled back.
      const kept = await tx.execute(sql`
        INSERT INTO platform.idempotency_keys (user_id, key, request_hash, answer)
        VALUES (${userId}, ${key}, ${hash}, ${JSON.stringify(answer)}::json)
        ON CONFLICT DO NOTHING`);
      if (kept.rowCount === 0) throw new Error('The same wish was fulfilled meanwhile.');
      return answer;
    },
  };
}

/** Does `work` unless the wish was fulfilled already, or is by another while this one tries. */
export async function fulfil<T>(wish: Wish, work: () => Promise<T>): Promise<{ answer: T; isAgain: boolean }> {
  const kept = await wish.findAnswer();
  if (kept !== undefined) return { answer: kept as T, isAgain: true };
  try {
    return { answer: await work(), isAgain: false };
  } catch (error) {
    const meanwhile = await wish.findAnswer();
    if (meanwhile !== undefined) return { answer: meanwhile as T, isAgain: true };
    throw error;
  }
}
