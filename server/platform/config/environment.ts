/** The only place that looks at the process's environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, projectRoot, readConfig } from './config.ts';
import { completeSecrets } from './secrets.ts';
import { explainFileError, StartupError } from './startup-error.ts';

/**
 * The configuration of this process: options, then variables, then the file `.env`. Makes the signing key on the
 * first run. Throws StartupError with one line for people.
 * @param folder within the data folder, where several processes share one
 */
export function loadConfig(argv: string[] = [], { folder = '' } = {}): Config {
  try {
    const file = join(projectRoot, '.env');
    if (existsSync(file)) process.loadEnvFile(file);
    const settings = readConfig(process.env, argv);
    return completeSecrets({ ...settings, dataDir: join(settings.dataDir, folder) });
  } catch (error) {
    throw explainFileError(error);
  }
}

/** Turns what stops a start into one line; an error that nobody foresaw keeps its stack, for the report of it. */
export function describeFailure(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Runs `start` while a variable is set that a native library reads by itself, and takes it back: children of this
 * process, a browser of the tests for one, have needs of their own.
 */
export async function withVariable<T>(name: string, value: string, start: () => Promise<T>): Promise<T> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
