/** Copies the files of a server that is running and in backup mode. */
import { chownSync, writeFileSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './embedded-account.ts';

/** Made anew by whoever starts on the copy; as pg_basebackup leaves them out. */
const EMPTY_FOLDERS = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|standby\.signal|pgsql_tmp.*|pg_internal\.init.*)$/;
/** The copy begins where this one says, so it is copied when all that it speaks of is there. */
const LAST = 'pg_control';

/** @param account whose the copy becomes; null leaves it to this user */
export async function copyCluster(source: string, target: string, account: Account | null): Promise<void> {
  await copyFolder(source, target, account);
  await mkdir(join(target, 'pg_wal/archive_status'), { mode: 0o700 });
  await give(join(target, 'pg_wal/archive_status'), account);
  await copyOne(join(source, 'global', LAST), join(target, 'global', LAST), account);
}

/** A file that its owner alone can read. */
export function writePrivately(path: string, text: string, account: Account | null): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (account) chownSync(path, account.uid, account.gid);
}

async function copyFolder(source: string, target: string, account: Account | null): Promise<void> {
  await mkdir(target, { mode: 0o700 });
  await give(target, account);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name) || entry.name === LAST) continue;
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (EMPTY_FOLDERS.has(entry.name)) {
      await mkdir(to, { mode: 0o700 });
      await give(to, account);
    } else if (entry.isDirectory()) await copyFolder(from, to, account);
    else if (entry.isFile()) await copyOne(from, to, account);
  }
}

/** A file that is gone by now was of a table that is gone, too; replay knows. */
async function copyOne(source: string, target: string, account: Account | null): Promise<void> {
  try {
    await copyFile(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await chmod(target, 0o600);
  await give(target, account);
}

async function give(path: string, account: Account | null): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}
