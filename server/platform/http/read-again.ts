/** What only reads is done again when the database went away under it: a restart costs who reads a moment, and no error. */
import { setTimeout as pause } from 'node:timers/promises';
import { isFailureOfHost } from '../database/read-errors.ts';

/** Milliseconds from the beginning of the work after which a failure stands. */
const WITHIN = 10_000;
/** Milliseconds between two tries, and up to twice as much. The pool lets the next one wait until the database is back. */
const APART = 20;

/** @param mayAgain whether nothing of the answer has left yet */
export async function readAgain<T>(work: () => Promise<T>, mayAgain = () => true): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isOver = performance.now() - began > WITHIN;
      if (isOver || !mayAgain() || !isFailureOfHost(origin(error))) throw error;
    }
    await pause(APART * (1 + Math.random()));
  }
}

/** What the query layer has wrapped. */
function origin(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? origin(error.cause) : error;
}
