/**
 * What a saga is: steps in their order, each with what undoes it, written so that it reads as prose.
 *
 *     export const bookTrip = defineSaga('trips.book', Trip)
 *       .step('seat', { local: true, do: ({ input, tx }) => reserveSeat(tx, input), undo: ({ input, tx }) => releaseSeat(tx, input) })
 *       .wait('night', ({ input }) => new Date(input.opens_at))
 *       .pivot('payment', { do: pay, find: findPayment })
 *       .step('ticket', { do: mailTicket })
 *       .end();
 */
import type { Static, TObject } from 'typebox';
import type { Db } from '../database/database.ts';
import type { Platform } from '../module.ts';

export interface StepContext<Input, Results> {
  input: Input;
  /** What the steps before this one returned, by name. */
  results: Results;
  /** The same at every try of this step: whoever does the work does it once for it. */
  key: string;
  /** Fires when the time is over or the step is not this process's any more. */
  signal: AbortSignal;
  platform: Platform;
}

export interface Retry {
  /** Tries that may fail before the saga turns back or, where it cannot, is parked. */
  attempts: number;
  /** Milliseconds to the second try; doubles from one to the next, by a random part of it. */
  delay: number;
  /** Milliseconds between two tries at the most. */
  most: number;
}

/** A step whose effect is elsewhere, or in transactions of its own: called again when nobody knows whether it happened. */
export interface Step<Input, Results, Result> {
  local?: false;
  /**
   * Called again with the same key when nobody knows whether it happened.
   * @throws ProblemError below 500 for a refusal: it did not happen and never will
   */
  do(context: StepContext<Input, Results>): Promise<Result>;
  /** Also called for a step whose outcome is unknown, without a result. Nothing to undo unless given. */
  undo?(context: StepContext<Input, Results> & { result: Result | undefined }): Promise<unknown>;
  /** Asks whether the step happened, where nobody knows; undefined if it did not. */
  find?(context: StepContext<Input, Results>): Promise<Result | undefined>;
  retry?: Partial<Retry>;
  /** Milliseconds that a try may take. */
  timeout?: number;
}

/**
 * The transaction in which the outcome of the step is recorded: all of its effect is in there. It has the time that a
 * transaction has, and waits for nothing but the database.
 */
export type LocalContext<Input, Results> = StepContext<Input, Results> & { tx: Db };

/** A step whose effect is in this database alone, and there exactly once: it commits together with its outcome. */
export interface LocalStep<Input, Results, Result> {
  local: true;
  /** @throws ProblemError below 500 for a refusal; anything else to be tried again */
  do(context: LocalContext<Input, Results>): Promise<Result>;
  /** Nothing to undo unless given. */
  undo?(context: LocalContext<Input, Results> & { result: Result }): Promise<unknown>;
  retry?: Partial<Retry>;
}

/** A step as the runner sees it. */
export interface AnyStep {
  name: string;
  isPivot: boolean;
  local: boolean;
  until?: (context: { input: never; results: never }) => Date;
  do: (context: never) => Promise<unknown>;
  undo?: (context: never) => Promise<unknown>;
  find?: (context: never) => Promise<unknown>;
  retry: Retry;
  timeout: number;
}

export interface Saga<Input = never> {
  /** `accounts.close_account` */
  name: string;
  input: TObject;
  steps: readonly AnyStep[];
  /** For the type alone. */
  readonly accepts?: (input: Input) => void;
}

interface Steps<Input, Results> {
  step<N extends string, Result = undefined>(
    name: N,
    step: Step<Input, Results, Result> | LocalStep<Input, Results, Result>,
  ): Steps<Input, Results & Record<N, Result>>;
  /** The step after which there is only forward. */
  pivot<N extends string, Result = undefined>(
    name: N,
    step: Step<Input, Results, Result> | LocalStep<Input, Results, Result>,
  ): Steps<Input, Results & Record<N, Result>>;
  /** Waits until this time. A saga that waits can be cancelled, unless it is past its pivot. */
  wait<N extends string>(name: N, until: (context: { input: Input; results: Results }) => Date): Steps<Input, Results>;
  end(): Saga<Input>;
}

const RETRY: Retry = { attempts: 8, delay: 500, most: 60_000 };
const TIMEOUT = 30_000;

export function defineSaga<const S extends TObject>(name: string, input: S): Steps<Static<S>, unknown> {
  const steps: AnyStep[] = [];
  const add = (stepName: string, isPivot: boolean, { retry, timeout, ...rest }: Partial<AnyStep>) => {
    if (steps.some((step) => step.name === stepName)) throw new Error(`Saga ${name} has two steps ${stepName}.`);
    if (isPivot && steps.some((step) => step.isPivot)) throw new Error(`Saga ${name} has two pivots.`);
    steps.push({
      do: async () => {},
      local: false,
      ...rest,
      name: stepName,
      isPivot,
      retry: { ...RETRY, ...retry },
      timeout: timeout ?? TIMEOUT,
    });
  };
  const chain = {
    step: (stepName: string, step: Partial<AnyStep>) => {
      add(stepName, false, step);
      return chain;
    },
    pivot: (stepName: string, step: Partial<AnyStep>) => {
      add(stepName, true, step);
      return chain;
    },
    wait: (stepName: string, until: NonNullable<AnyStep['until']>) => {
      add(stepName, false, { until });
      return chain;
    },
    end: (): Saga => ({ name, input, steps }),
  };
  return chain as unknown as Steps<Static<S>, unknown>;
}
