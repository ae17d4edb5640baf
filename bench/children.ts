/** The measured processes: children on a core of their own where the system can pin, spoken to by messages. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** What a child is asked, and what it answers. Answers come in the order of the questions. */
export interface Child<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

const SERVER_CORE = '0';
const GENERATOR_CORE = '1';

const canPin = (() => {
  if (process.platform !== 'linux' || availableParallelism() < 2) return false;
  try {
    execFileSync('taskset', ['-cp', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Keeps this process, which makes the load, off the core of the measured ones. @returns whether cores are pinned */
export function pinGenerator(): boolean {
  if (canPin) execFileSync('taskset', ['-acp', GENERATOR_CORE, String(process.pid)], { stdio: 'ignore' });
  return canPin;
}

/** @param output where what it prints goes */
export async function startChild<Question, Answer>(
  file: string,
  { output = 'inherit' }: { output?: 'inherit' | 'ignore' } = {},
): Promise<Child<Question, Answer>> {
  const command = [...(canPin ? ['taskset', '-c', SERVER_CORE] : []), process.execPath, file];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', output, 'inherit', 'ipc'] });
  await once(child, 'spawn');
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${file} ended with ${signal ?? code}.`);
  });
  gone.catch(() => undefined);
  return {
    async ask(question) {
      const answer = once(child, 'message').then(([message]) => message as { error?: string; answer: Answer });
      child.send(question as object);
      const { error, answer: value } = await Promise.race([answer, gone]);
      if (error !== undefined) throw new Error(error);
      return value;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}

/** The other end: answers each message, and ends when the parent lets go. */
export function answerParent<Question, Answer>(
  answer: (question: Question) => Promise<Answer>,
  end: () => Promise<void>,
): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ answer: value }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => {
    void end().finally(() => process.exit());
  });
}
