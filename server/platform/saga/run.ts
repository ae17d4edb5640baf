/**
 * Drives one saga from where it is. The intent of a step is committed before the step is called, its outcome together
 * with the intent of the next. What a dead process left open is asked for or called again under the same key. The run
 * holds the saga while it says so every few seconds; once it cannot, it stops, and whatever it still hears has no effect.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../database/database.ts';
import { ProblemError } from '../http/problems.ts';
import { Postponed } from '../jobs/outcomes.ts';
import type { Platform } from '../module.ts';
import { describeError } from '../telemetry/log.ts';
import type { AnyStep, Saga } from './define.ts';
import { type Advance, createSagaStore, HELD_SECONDS, type SagaRow, type StepRow } from './store.ts';

interface RunOptions {
  db: Db;
  log: FastifyBaseLogger;
  platform: Platform;
  wake(tx: Db, name: string, id: number, at?: Date): Promise<void>;
  onParked(saga: string): void;
}

/** What came of a try: `unknown` may have happened or not. */
type Outcome = { kind: 'done'; result: unknown } | { kind: 'refused' | 'unknown'; error: string };

export const createRun =
  ({ db, log, platform, wake, onParked }: RunOptions) =>
  async (saga: Saga, row: SagaRow, holder: string, stop: AbortSignal): Promise<void> => {
    const store = createSagaStore(db);
    const hold = keepHold(() => store.keepHold(row.id, holder), stop);
    const steps = new Map<number, Pick<StepRow, 'state' | 'attempts' | 'result'>>(
      row.steps.map((step) => [step.position, step]),
    );
    let { position, failures } = row;

    const context = (at: number, signal: AbortSignal) => ({
      input: row.input,
      results: Object.fromEntries(
        saga.steps.flatMap(({ name }, index) => (index < at ? [[name, steps.get(index)?.result]] : [])),
      ),
      key: `${saga.name}/${row.id}:${saga.steps[at]?.name}`,
      signal,
      platform,
    });
    const stepAt = (at: number): AnyStep => {
      const step = saga.steps[at];
      if (!step) throw new Error(`Saga ${saga.name} has no step ${at} in this version.`);
      return step;
    };
    const call = (at: number, work: (context: never) => Promise<unknown>, more: object = {}) =>
      within(stepAt(at).timeout, hold.signal, (signal) => work({ ...context(at, signal), ...more } as never));

    /** Commits what came of a step. @returns whether the saga goes on at once */
    const write = async (advance: Advance): Promise<boolean> => {
      const { wake: at } = advance;
      const isOurs =
        at instanceof Date
          ? await db.transaction(async (tx) => {
              await wake(tx, saga.name, row.id, at);
              return createSagaStore(tx).advance(row.id, holder, advance);
            })
          : await store.advance(row.id, holder, advance);
      if (!isOurs) return false;
      position = advance.position;
      failures = advance.failures ?? 0;
      if (advance.step) steps.set(advance.step.position, { attempts: 1, result: null, ...advance.step });
      if (!advance.next) return false;
      const before = steps.get(position);
      steps.set(position, { state: advance.next.state, attempts: 0, result: before?.result });
      return advance.wake === undefined;
    };

    /** The step of this position could not be done or undone for now. @throws Postponed when it is to be tried again */
    const tryAgain = async (state: 'running' | 'compensating', error: string): Promise<never> => {
      const { delay, most } = stepAt(position).retry;
      const inMs = Math.min(most, delay * 2 ** failures) * (0.5 + 0.5 * Math.random());
      log.warn({ saga: saga.name, id: row.id, step: stepAt(position).name, error }, 'a step of a saga failed');
      await write({ state, position, failures: failures + 1, wake: { inMs }, error });
      throw new Postponed(inMs);
    };

    const park = async (error: string): Promise<false> => {
      const { name } = stepAt(position);
      log.error({ saga: saga.name, id: row.id, step: name, error }, 'a saga is parked until somebody resumes it');
      onParked(saga.name);
      await write({ state: 'parked', position, failures, error: `${name}: ${error}` });
      return false;
    };

    /** What is to be undone next, at this position or before it. */
    const undoable = (from: number): number | undefined => {
      for (let at = from; at >= 0; at -= 1) {
        const state = steps.get(at)?.state;
        if (saga.steps[at]?.undo && state !== undefined && state !== 'refused' && state !== 'undone') return at;
      }
      return undefined;
    };
    const goBack = (from: number, step: Advance['step'], error?: string): Promise<boolean> => {
      if (step) steps.set(step.position, { attempts: 1, result: steps.get(step.position)?.result, ...step });
      const at = undoable(from);
      const why = error === undefined ? {} : { error };
      const left = step && step.position !== at ? { step } : {};
      if (at === undefined) {
        return write({ ...left, ...why, state: row.is_cancelled ? 'cancelled' : 'compensated', position: 0 });
      }
      const next = { name: stepAt(at).name, state: 'undoing' } as const;
      return write({ ...left, ...why, next, state: 'compensating', position: at });
    };

    const attempt = async (): Promise<Outcome> => {
      const step = stepAt(position);
      if (step.until) return { kind: 'done', result: null };
      const find = step.find;
      try {
        if (find && (steps.get(position)?.attempts ?? 0) > 0) {
          const found = await call(position, find);
          if (found !== undefined) return { kind: 'done', result: found };
        }
        return { kind: 'done', result: (await call(position, step.do)) ?? null };
      } catch (error) {
        hold.signal.throwIfAborted();
        const { message } = describeError(error);
        return { kind: isRefusal(error) ? 'refused' : 'unknown', error: message };
      }
    };

    /** Asks for what is still unknown when no try is left. */
    const ascertain = async (outcome: Outcome): Promise<Outcome> => {
      const { find } = stepAt(position);
      if (outcome.kind !== 'unknown' || !find) return outcome;
      try {
        const found = await call(position, find);
        return found === undefined ? { ...outcome, kind: 'refused' } : { kind: 'done', result: found };
      } catch {
        hold.signal.throwIfAborted();
        return outcome;
      }
    };

    const forward = async (): Promise<boolean> => {
      const step = stepAt(position);
      let outcome = await attempt();
      if (outcome.kind === 'unknown' && failures + 1 < step.retry.attempts) return tryAgain('running', outcome.error);
      outcome = await ascertain(outcome);
      if (outcome.kind === 'done') return goOn(outcome.result);
      const isPastPivot = saga.steps.some((other, at) => other.isPivot && at < position);
      if (isPastPivot || (step.isPivot && outcome.kind === 'unknown')) return park(outcome.error);
      const isRefused = outcome.kind === 'refused';
      const left = { position, state: isRefused ? 'refused' : 'intended', error: outcome.error } as const;
      return goBack(isRefused ? position - 1 : position, left, `${step.name}: ${outcome.error}`);
    };

    const goOn = (result: unknown): Promise<boolean> => {
      const done = { position, state: 'done', result } as const;
      const next = saga.steps[position + 1];
      if (!next) return write({ step: done, state: 'completed', position, error: null });
      steps.set(position, { state: 'done', attempts: 1, result });
      const wakeAt = next.until?.(context(position + 1, hold.signal) as never);
      return write({
        step: done,
        next: { name: next.name, state: 'intended' },
        state: wakeAt ? 'waiting' : 'running',
        position: position + 1,
        error: null,
        ...(wakeAt && { wake: wakeAt }),
      });
    };

    const back = async (): Promise<boolean> => {
      const step = stepAt(position);
      const known = steps.get(position);
      if (known?.state !== 'undoing') return goBack(position, undefined);
      try {
        if (step.undo) await call(position, step.undo, { result: known.result ?? undefined });
      } catch (error) {
        hold.signal.throwIfAborted();
        const { message } = describeError(error);
        if (failures + 1 < step.retry.attempts) return tryAgain('compensating', message);
        return park(message);
      }
      return goBack(position - 1, { position, state: 'undone' });
    };

    try {
      let isUndoing = row.is_undoing;
      while (isUndoing ? await back() : await forward()) isUndoing = steps.get(position)?.state === 'undoing';
    } finally {
      hold.end();
    }
  };

/** A refusal says for sure that nothing happened; a wait that is asked for does not. */
function isRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProblemError) return cause.status < 500 && cause.status !== 429 && cause.status !== 408;
  }
  return false;
}

/** Says every few seconds that this run lives. The signal fires when it stops or may not be alone any more. */
function keepHold(renew: () => Promise<boolean>, stop: AbortSignal) {
  const lost = new AbortController();
  let renewedAt = performance.now();
  const timer = setInterval(() => {
    const askedAt = performance.now();
    if (askedAt - renewedAt > HELD_SECONDS * 800) return lost.abort(new Error('The hold on a saga was lost.'));
    renew().then(
      (isOurs) => {
        if (isOurs) renewedAt = askedAt;
        else lost.abort(new Error('Another process has taken this saga over.'));
      },
      () => {},
    );
  }, HELD_SECONDS * 250);
  return { signal: AbortSignal.any([stop, lost.signal]), end: () => clearInterval(timer) };
}

/** @throws Error when the time is over, or the reason of the signal */
async function within<T>(
  milliseconds: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new Error(`It took longer than ${milliseconds} ms.`)), milliseconds);
  const signal = AbortSignal.any([stop, over.signal]);
  const aborted = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
  try {
    return await Promise.race([work(signal), aborted.promise]);
  } finally {
    clearTimeout(timer);
  }
}
