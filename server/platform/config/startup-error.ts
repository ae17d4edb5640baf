/** Why a process cannot start: one line for the person who typed the command, saying what is wrong and what to do. */
export class StartupError extends Error {}

const fileReasons: Record<string, (path: string) => string> = {
  ENOSPC: (path) => `The disk is full: ${path} cannot be written. Free some space, or choose another DATA_DIR.`,
  EDQUOT: (path) =>
    `The disk quota is used up: ${path} cannot be written. Free some space, or choose another DATA_DIR.`,
  EROFS: (path) => `${path} is on a read-only disk. Set DATA_DIR to a folder that can be written.`,
  EACCES: (path) =>
    `${path} may not be written by this user. Change its permissions, or set DATA_DIR to another folder.`,
  EPERM: (path) =>
    `${path} may not be changed by this user. Change its permissions, or set DATA_DIR to another folder.`,
  ENOENT: (path) => `${path} cannot be made here. Set DATA_DIR to a folder that can be written.`,
  ENOTDIR: (path) => `${path} is not a folder. Set DATA_DIR to one.`,
};

/** Turns a failed file operation into a StartupError; anything else comes back as it is. */
export function explainFileError(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const explain = code === undefined ? undefined : fileReasons[code];
  return explain && path ? new StartupError(explain(path), { cause: error }) : error;
}
