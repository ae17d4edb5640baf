/** Real processes of the product for tests, as a terminal starts them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../config/config.ts';

export interface Running {
  child: ChildProcess;
  address: string;
  output: () => string;
}

/** Only what a terminal would have: no variable of the test run reaches the command. */
export function terminalEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH: `${join(projectRoot, 'node_modules/.bin')}${delimiter}${PATH}`,
    HOME,
    RATE_LIMITS: 'off',
    LOAD_SHEDDING: 'off',
    ...extra,
  };
}

export const spawnEntry = (args: string[], env?: Record<string, string>, entry = 'server/services/all.ts') =>
  spawn(process.execPath, ['scripts/run.mjs', entry, ...args], {
    cwd: projectRoot,
    env: terminalEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** @throws Error with what it said, when it ends instead */
export async function untilServing(child: ChildProcess): Promise<Running> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /Collabthon runs at (\S+)[\s\S]*Stop with/.exec(output)?.[1];
      if (found) resolve(found.replace('localhost', '127.0.0.1'));
    });
    child.once('exit', () => reject(new Error(output)));
  });
  return { child, address, output: () => output };
}
