/** What requests ask the database, in their own words. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import pg from 'pg';

/** As the driver is given it. */
export interface Statement {
  text: string;
  values: unknown[];
  name?: string;
  rowMode?: 'array';
}

const REQUEST_STARTS = 'http.server.request.start';
const TRYING = 'SELECT 1';
const BOUNDS = /^\s*(begin|commit|rollback|savepoint|release)\b/i;

/** Neither begins nor ends a transaction. */
export const isQuestion = ({ text }: Statement): boolean => !BOUNDS.test(text);

/**
 * The statements of `work` and of the requests that it makes to servers of this process, in their order. What jobs,
 * listeners and other timers ask meanwhile is not among them.
 */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const recorded: Statement[] = [];
  const asking = new AsyncLocalStorage<true>();
  const noteRequest = () => asking.enterWith(true);
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const given = (typeof args[0] === 'string' ? { text: args[0] } : args[0]) as Partial<Statement>;
    const { text, name, rowMode, values = Array.isArray(args[1]) ? args[1] : [] } = given;
    if (asking.getStore() && text !== undefined && text !== TRYING) {
      recorded.push({ text, values, ...(name && { name }), ...(rowMode && { rowMode }) });
    }
    return Reflect.apply(query, this, args);
  } as typeof query;
  subscribe(REQUEST_STARTS, noteRequest);
  try {
    await asking.run(true, work);
  } finally {
    unsubscribe(REQUEST_STARTS, noteRequest);
    pg.Client.prototype.query = query;
  }
  return recorded;
}
