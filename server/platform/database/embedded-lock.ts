/**
 * One process at a time owns a cluster. Its lock is a file that names the process and the moment when it began, so a
 * lock left behind by a crash is recognised even if its process number has been given to somebody else.
 */
import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../config/startup-error.ts';

export interface Owner {
  pid: number;
  began: string;
  /** Where the server answers, once it does; lets a command of the same user join it. */
  url: string | null;
  socketFolder: string | null;
}

export interface Lock {
  /** What an owner that is gone has left behind, if any. */
  leftover: Owner | null;
  update: (news: Pick<Owner, 'url' | 'socketFolder'>) => void;
  release: () => void;
}

/** Takes the lock of a cluster folder. Throws StartupError while another living process has it. */
export function takeLock(folder: string): Lock {
  const file = join(folder, 'running.json');
  const owner: Owner = { pid: process.pid, began: beginning(process.pid) ?? '', url: null, socketFolder: null };
  const leftover = claim(file, owner);
  return {
    leftover,
    update: (news) => {
      const draft = writeDraft(file, { ...owner, ...news });
      renameSync(draft, file);
    },
    release: () => unlinkSync(file),
  };
}

/** The living process that owns the cluster, or null. */
export function livingOwner(folder: string): Owner | null {
  const owner = readOwner(join(folder, 'running.json'));
  return owner && isAlive(owner) ? owner : null;
}

function claim(file: string, owner: Owner): Owner | null {
  const draft = writeDraft(file, owner);
  let leftover: Owner | null = null;
  try {
    // A link to a finished file is made at once or not at all, so two processes never both have the lock.
    while (!tryLink(draft, file)) {
      const found = readOwner(file);
      if (found && isAlive(found)) {
        throw new StartupError(
          `Collabthon already runs on ${file.replace(/\/running\.json$/, '')} (process ${found.pid}). ` +
            'Stop that one first, or choose another DATA_DIR and PORT.',
        );
      }
      leftover = found;
      removeStale(file, found);
    }
  } finally {
    unlinkSync(draft);
  }
  return leftover;
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock away; if somebody replaced it in between, puts theirs back. */
function removeStale(file: string, stale: Owner | null): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  if (moved && (moved.pid !== stale?.pid || moved.began !== stale.began)) tryLink(aside, file);
  unlinkSync(aside);
}

function writeDraft(file: string, owner: Owner): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  return draft;
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

function isAlive({ pid, began }: Owner): boolean {
  return beginning(pid) === began;
}

/** When a process began, as the system words it; null when there is no such process. */
function beginning(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // Field 22 of proc(5), counted after the name, which may itself hold spaces and brackets.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
