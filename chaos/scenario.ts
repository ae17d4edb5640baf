/** What a scenario is: one file in `scenarios/`, named as it is asked for. */

export interface Scenario {
  /** The process that is killed: opens what works on the database. It is never closed. */
  work(databaseUrl: string): Promise<unknown>;
  /** The side that lives on: prepares the database, and says how to act and what to check. */
  open(stage: Stage): Promise<Client>;
}

/** A scenario that kills no workers of ours, and makes its trouble by itself. */
export interface PlaysItself {
  /** @param within milliseconds after which it goes no further */
  playItself(options: { steps: number; seed: number; within: number }): Promise<Readonly<Record<string, unknown>>>;
  /** Counts of its outcome that are to be 0. */
  wrongs: readonly string[];
}

export interface Stage {
  databaseUrl: string;
  /** From 0 to 1, the same for the same seed. */
  random(): number;
}

export interface Client {
  /** One action by its number; resolves once it is acknowledged, rejects if nobody knows. */
  act(n: number): Promise<void>;
  /** What goes wrong beside killed processes, cut connections and a restarted database: delivering again, for one. */
  disturb?(): Promise<void>;
  /** Whether there is nothing left to do. */
  isQuiet(): Promise<boolean>;
  /** What came of it; `effect_at` in milliseconds, by action. */
  verdict(acknowledged: ReadonlySet<number>): Promise<Verdict>;
  close(): Promise<void>;
}

export interface Verdict {
  /** Acknowledged and without effect. */
  lost: number;
  /** Effects that happened more than once, or without a cause. */
  duplicated: number;
  /** Waiting for ever, or out of order. */
  stuck: number;
  /** When each action had its effect. */
  effects: ReadonlyMap<number, number>;
}
