/**
 * Where the files of the embedded server are kept. Normally `DATA_DIR/postgres`. When root starts it in a folder that
 * only root may enter, they lie in a shared place instead, and `DATA_DIR/postgres-location` says where.
 *
 * A cluster folder holds `data` (PostgreSQL's own), `password`, `running.json` and `postgres.log`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../config/folder.ts';
import { StartupError } from '../config/startup-error.ts';
import { type Account, blockedFolder } from './embedded-account.ts';
import { postgresMajor } from './embedded-binaries.ts';

/** Root's place for what another account has to reach; survives a restart of the machine. */
export const sharedFolder = '/var/lib/collabthon';

/** A new cluster takes about 60 MB, and its log of changes wants room to grow. */
const spaceForNewCluster = 200 * 1024 ** 2;

/** The cluster folder of `dataDir`, made if there is none. */
export function clusterFolder(dataDir: string, account: Account | null): string {
  makeFolder(dataDir);
  const inside = join(dataDir, 'postgres');
  const blocked = blockedFolder(dataDir, account);
  if (hasCluster(inside) && blocked) {
    throw new StartupError(
      `The database in ${inside} runs as an unprivileged user, which may not enter ${blocked}. Run: chmod o+x "${blocked}"`,
    );
  }
  const folder = blocked && !hasCluster(inside) ? folderElsewhere(dataDir) : inside;
  makeFolder(folder, account ? 0o711 : 0o700);
  return folder;
}

/** Refuses a cluster of another major version, and a disk that is too full for a new one. */
export function checkCluster(folder: string): void {
  if (!hasCluster(folder)) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize >= spaceForNewCluster) return;
    throw new StartupError(
      `The disk of ${folder} has no room for a database: it wants 200 MB free. Free some space, or choose another DATA_DIR.`,
    );
  }
  const version = readFileSync(join(folder, 'data', 'PG_VERSION'), 'utf8').trim();
  if (version === postgresMajor) return;
  throw new StartupError(
    `The data in ${folder} belong to PostgreSQL ${version}, this release brings ${postgresMajor}. ` +
      'Export them with the release that made them, or choose another DATA_DIR to begin anew.',
  );
}

export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'data', 'PG_VERSION'));
}

/**
 * Follows the note in the data folder. Without a note the data folder is new, so whatever lies at the place of an
 * earlier one of the same name is set aside: neither shown again nor deleted.
 */
function folderElsewhere(dataDir: string): string {
  const note = join(dataDir, 'postgres-location');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  const folder = join(sharedFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  if (existsSync(folder)) renameSync(folder, `${folder}.before-${Date.now()}`);
  makeFolder(sharedFolder, 0o755);
  writeFileSync(note, `${folder}\n`);
  return folder;
}
