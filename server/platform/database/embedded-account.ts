/**
 * Which operating-system account PostgreSQL runs under. It refuses to be root, so root lends it the account `nobody`;
 * then every folder above its files must let that account pass.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/** Null: PostgreSQL runs as the same user as this process. */
export function databaseAccount(): Account | null {
  if (process.geteuid?.() !== 0) return null;
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  return { uid: Number(nobody?.[2] ?? 65_534), gid: Number(nobody?.[3] ?? 65_534) };
}

/** The nearest folder at or above `path` that the account may not enter; null when it can reach `path`. */
export function blockedFolder(path: string, account: Account | null): string | null {
  if (!account) return null;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (!mayEnter(folder, account)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

function mayEnter(path: string, { uid, gid }: Account): boolean {
  const entry = statSync(path, { throwIfNoEntry: false });
  // What does not exist yet is made with permissions of our choice.
  if (!entry) return true;
  const search = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
  return !entry.isDirectory() || (entry.mode & search) !== 0;
}
