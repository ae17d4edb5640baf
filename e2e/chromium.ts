/** The system's Chromium: the one that CHROMIUM_PATH names, or the first on the PATH. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @throws Error when there is none */
export function chromiumPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const path =
    process.env.CHROMIUM_PATH ??
    ['chromium', 'chromium-browser', 'google-chrome']
      .flatMap((name) => folders.map((folder) => join(folder, name)))
      .find((candidate) => existsSync(candidate));
  if (!path) throw new Error('There is no Chromium on the PATH. Install it, or name it in CHROMIUM_PATH.');
  return path;
}
