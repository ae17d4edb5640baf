/** How a process of ours begins and ends: errors as one line, signals as an orderly stop within a known time. */
import { describeFailure } from '../platform/config/environment.ts';

/** What the process has opened is closed within this many milliseconds, or it ends regardless. */
const patience = 4500;

export interface Lifetime {
  /** Registers how to close something that was just opened; the last one opened is the first one closed. */
  closing: (close: () => Promise<void>) => void;
  /** Closes everything and ends the process as it was meant to end. */
  end: () => Promise<never>;
  /** Says why the process cannot go on, closes everything and ends it with exit code 1. */
  fail: (error: unknown) => Promise<never>;
}

/** Runs a server: it lives until a signal comes, at whatever moment of its start that may be. */
export async function runServer(start: (lifetime: Lifetime) => Promise<void>): Promise<void> {
  const closers: (() => Promise<void>)[] = [];
  let isEnding = false;

  const end = async (code: number): Promise<never> => {
    if (isEnding) return new Promise<never>(() => undefined);
    isEnding = true;
    setTimeout(() => process.exit(1), patience).unref();
    for (let close = closers.pop(); close; close = closers.pop()) await close().catch(report);
    process.exit(code);
  };
  const fail = async (error: unknown): Promise<never> => {
    // What still starts while the process ends fails for that very reason.
    if (!isEnding) report(error);
    return end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isEnding) return;
      console.log('Stopping …');
      void end(0);
    });
  }
  await start({ closing: (close) => void closers.push(close), end: () => end(0), fail }).catch(fail);
}

/** Runs a command that does one thing and ends. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

function report(error: unknown): void {
  console.error(describeFailure(error));
}
