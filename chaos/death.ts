/** Where a process dies: beside some statement, since what is lost or done twice is lost or done there. */
import pg from 'pg';

export interface Death {
  /** So many statements from now. */
  statement: number;
  /** Not sent yet; sent, and nobody knows what came of it; answered, and nobody has heard of it. */
  moment: 'before' | 'meanwhile' | 'after';
}

const MOST_STATEMENTS = 20;
const MOMENTS = ['before', 'meanwhile', 'after'] as const;

export const chooseDeath = (random: () => number): Death => ({
  statement: 1 + Math.floor(random() * MOST_STATEMENTS),
  moment: MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'before',
});

export const isDeath = (order: unknown): order is Death =>
  typeof order === 'object' && order !== null && 'statement' in order;

/** As `kill -9` does. */
export function dieAt({ statement, moment }: Death): void {
  const { query } = pg.Client.prototype;
  let left = statement;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    left -= 1;
    if (left === 0 && moment === 'before') die();
    const answer: unknown = Reflect.apply(query, this, args);
    if (left === 0 && moment === 'meanwhile') setImmediate(die);
    if (left === 0 && moment === 'after') void Promise.resolve(answer).then(die, die);
    return answer;
  } as typeof query;
}

const die = () => process.kill(process.pid, 'SIGKILL');
