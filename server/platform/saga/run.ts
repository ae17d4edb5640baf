/**
 * Drives one saga from where it is. A local step commits together with its outcome. Of any other the intent is committed
 * before the step is called, its outcome together with the next intent; what a dead process left open is asked for or
 * called again under the same key. A run whose hold on the saga is over stops, and whatever it still hears has no effect.
 */
import type { FastifyBaseLogger } from 'fastify';
import { type Db, sqlState } from '../database/database.ts';
import { ProblemError } from '../http/problems.ts';
import { Postponed } from '../jobs/outcomes.ts';
import type { Platform } from '../module.ts';
import { describeError } from '../telemetry/log.ts';
import type { AnyStep, Saga } from './define.ts';
import { type Advance, createSagaStore, type HeldSaga, intended, isUnderWay, type StepRow } from './store.ts';

interface RunOptions {
  db: Db;
  log: FastifyBaseLogger;
  platform: Platform;
  onParked(saga: string): void;
}

/** What came of a try: `failed` and `refused` did not happen, `unknown` may have; a refused one never will. */
type Outcome =
  | { kind: 'recorded'; advance: Advance }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed' | 'refused' | 'unknown'; error: string };

/** @returns when the saga waits, is parked or has ended @throws Postponed when a step is to be tried again */
export const createRun =
  ({ db, log, platform, onParked }: RunOptions) =>
  async (saga: Saga, row: HeldSaga, stop: AbortSignal): Promise<void> => {
    let { position, failures, is_undoing: isUndoing } = row;
    let steps: readonly StepRow[] = row.steps;

    const stepAt = (at: number): AnyStep => {
      const step = saga.steps[at];
      if (!step) throw new Error(`Saga ${saga.name} has no step ${at} in this version.`);
      return step;
    };
    const context = (at: number, signal: AbortSignal) => ({
      input: row.input,
      results: resultsOf(steps.slice(0, at)),
      key: `${saga.name}/${row.id}:${stepAt(at).name}`,
      signal,
      platform,
    });
    const call = (work: (context: never) => Promise<unknown>, more?: object) =>
      within(stepAt(position).timeout, stop, (signal) => work({ ...context(position, signal), ...more } as never));
    /** The steps as they are after a change of one of them. */
    const changed = (at: number, change: Partial<StepRow>): StepRow[] =>
      steps.map((step, index) => (index === at ? { ...step, ...change } : step));

    const record = async (tx: Db, advance: Advance): Promise<void> => {
      if (await createSagaStore(tx).advance(row, advance)) return;
      throw new Error('Another process has taken this saga over.');
    };
    /** What is recorded counts. @returns whether the saga goes on at once */
    const adopt = (advance: Advance): boolean => {
      ({ position, steps, failures = 0 } = advance);
      isUndoing = advance.state === 'compensating';
      return isUnderWay(advance);
    };
    const settle = async (advance: Advance): Promise<boolean> => {
      await record(db, advance);
      return adopt(advance);
    };

    /** The step of this position could not be done or undone for now. */
    const tryAgain = async (state: 'running' | 'compensating', error: string): Promise<never> => {
      const { delay, most } = stepAt(position).retry;
      const inMs = Math.min(most, delay * 2 ** failures) * (0.5 + 0.5 * Math.random());
      log.warn({ saga: saga.name, id: row.id, step: stepAt(position).name, error }, 'a step of a saga failed');
      await settle({ state, position, steps, failures: failures + 1, wake: { inMs }, error });
      throw new Postponed(inMs);
    };

    const park = (error: string): Promise<boolean> => {
      const { name } = stepAt(position);
      log.error({ saga: saga.name, id: row.id, step: name, error }, 'a saga is parked until somebody resumes it');
      onParked(saga.name);
      return settle({ state: 'parked', position, steps, failures, error: `${name}: ${error}` });
    };

    /** The step at this position is done, with this result: what is next. */
    const goOn = (result: unknown): Advance => {
      const done = changed(position, { state: 'done', result, error: null, ended_at: now() });
      const next = saga.steps[position + 1];
      if (!next) return { state: 'completed', position, steps: done, error: null };
      const wake = next.until?.({ input: row.input, results: resultsOf(done) } as never);
      const step = intended(next.name);
      return wake
        ? { state: 'waiting', position: position + 1, steps: [...done, step], error: null, wake }
        : { state: 'running', position: position + 1, steps: [...done, { ...step, attempts: 1 }], error: null };
    };

    /** What is to be undone at this position or before it; without anything, the saga is over. */
    const turnBack = (from: number, left: readonly StepRow[], error?: string): Advance => {
      const isDone = ({ state }: StepRow) => state !== 'refused' && state !== 'undone';
      const at = left.findLastIndex((step, index) => index <= from && saga.steps[index]?.undo && isDone(step));
      const why = error === undefined ? {} : { error };
      if (at === -1) return { ...why, state: row.is_cancelled ? 'cancelled' : 'compensated', position: 0, steps: left };
      const undoing = { state: 'undoing', attempts: 1, ended_at: null } as const;
      const next = left.map((step, index) => (index === at ? { ...step, ...undoing } : step));
      return { ...why, state: 'compensating', position: at, steps: next };
    };

    /** Does or undoes a local step; its record is part of it. */
    const commit = async (work: AnyStep['do'], next: (result: unknown) => Advance, more?: object): Promise<Outcome> => {
      let advance: Advance | undefined;
      let isOpen = true;
      try {
        await db.transaction(async (tx) => {
          isOpen = true;
          const result = await work({ ...context(position, stop), ...more, tx } as never);
          stop.throwIfAborted();
          advance = next(result ?? null);
          await record(tx, advance);
          isOpen = false;
        });
      } catch (error) {
        stop.throwIfAborted();
        // Nobody knows what came of a commit that was not answered, but the row: it says so to the next run.
        if (!isOpen && !/^(23|40)/.test(sqlState(error) ?? '')) throw error;
        return { kind: isRefusal(error) ? 'refused' : 'failed', error: describeError(error).message };
      }
      return advance ? { kind: 'recorded', advance } : { kind: 'failed', error: 'It did nothing.' };
    };

    /** Calls a step whose effect is its own, or asks for what came of it when it was called before. */
    const attempt = async (step: AnyStep): Promise<Outcome> => {
      try {
        if (step.find && (steps[position]?.attempts ?? 0) > 1) {
          const found = await call(step.find);
          if (found !== undefined) return { kind: 'done', result: found };
        }
        return { kind: 'done', result: (await call(step.do)) ?? null };
      } catch (error) {
        stop.throwIfAborted();
        return { kind: isRefusal(error) ? 'refused' : 'unknown', error: describeError(error).message };
      }
    };

    /** Asks for what is still unknown when no try is left. */
    const ascertain = async (outcome: Outcome, { find }: AnyStep): Promise<Outcome> => {
      if (outcome.kind !== 'unknown' || !find) return outcome;
      try {
        const found = await call(find);
        return found === undefined ? { ...outcome, kind: 'refused' } : { kind: 'done', result: found };
      } catch {
        stop.throwIfAborted();
        return outcome;
      }
    };

    const forward = async (): Promise<boolean> => {
      const step = stepAt(position);
      if (step.until) return settle(goOn(null));
      let outcome = step.local ? await commit(step.do, goOn) : await attempt(step);
      const isOpen = outcome.kind === 'unknown' || outcome.kind === 'failed';
      if (isOpen && failures + 1 < step.retry.attempts) return tryAgain('running', errorOf(outcome));
      outcome = await ascertain(outcome, step);
      if (outcome.kind === 'recorded') return adopt(outcome.advance);
      if (outcome.kind === 'done') return settle(goOn(outcome.result));
      const { kind, error } = outcome;
      const isPastPivot = saga.steps.some((other, at) => other.isPivot && at < position);
      if (isPastPivot || (step.isPivot && kind === 'unknown')) return park(error);
      if (kind === 'unknown') return settle(turnBack(position, changed(position, { error }), `${step.name}: ${error}`));
      const refused = changed(position, { state: 'refused', error, ended_at: now() });
      return settle(turnBack(position - 1, refused, `${step.name}: ${error}`));
    };

    const back = async (): Promise<boolean> => {
      const { undo, local, retry } = stepAt(position);
      const known = steps[position];
      if (!undo || known?.state !== 'undoing') return settle(turnBack(position, steps));
      const undone = () => turnBack(position - 1, changed(position, { state: 'undone', ended_at: now() }));
      const more = { result: known.result ?? undefined };
      const outcome = local ? await commit(undo, undone, more) : await attemptUndo(undo, more);
      if (outcome.kind === 'recorded') return adopt(outcome.advance);
      if (outcome.kind === 'done') return settle(undone());
      return failures + 1 < retry.attempts ? tryAgain('compensating', outcome.error) : park(outcome.error);
    };
    const attemptUndo = async (undo: AnyStep['do'], more: object): Promise<Outcome> => {
      try {
        return { kind: 'done', result: await call(undo, more) };
      } catch (error) {
        stop.throwIfAborted();
        return { kind: 'unknown', error: describeError(error).message };
      }
    };

    while (isUndoing ? await back() : await forward());
  };

const resultsOf = (steps: readonly StepRow[]) => Object.fromEntries(steps.map(({ name, result }) => [name, result]));
const now = () => new Date().toISOString();
const errorOf = (outcome: Outcome) => ('error' in outcome ? outcome.error : '');

/** A refusal says for sure that nothing happened; a wait that is asked for does not. */
function isRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProblemError) return cause.status < 500 && cause.status !== 429 && cause.status !== 408;
  }
  return false;
}

/** @throws Error when the time is over, or the reason of `stop` */
async function within<T>(
  milliseconds: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  const over = new AbortController();
  const end = () => over.abort(stop.reason);
  const timer = setTimeout(() => over.abort(new Error(`It took longer than ${milliseconds} ms.`)), milliseconds);
  stop.addEventListener('abort', end, { once: true });
  const aborted = Promise.withResolvers<never>();
  over.signal.addEventListener('abort', () => aborted.reject(over.signal.reason), { once: true });
  try {
    return await Promise.race([work(over.signal), aborted.promise]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}
