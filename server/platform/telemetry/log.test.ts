/** What the log says of a request, and what it never says. */
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function logTo(): { lines: Record<string, unknown>[]; log: ReturnType<typeof createLog> } {
  const lines: Record<string, unknown>[] = [];
  return { lines, log: createLog('info', { write: (line) => void lines.push(JSON.parse(line)) }) };
}

it('masks secrets, at the top and one level down', () => {
  const { lines, log } = logTo();
  log.info({ password: 'hunter2', body: { refresh_token: 'hunter2', totp: 'hunter2' } }, 'signing in');
  log.info({ req: { headers: { authorization: 'Bearer hunter2', cookie: 'session=hunter2' } } }, 'request');
  expect(JSON.stringify(lines)).not.toContain('hunter2');
  expect(JSON.stringify(lines)).toContain('[masked]');
});

it('tells of a failed query, not of its values', async () => {
  const { lines, log } = logTo();
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(hunter2) already exists.',
  });
  log.error({ err: new DrizzleQueryError('INSERT INTO users VALUES ($1)', ['hunter2'], cause) }, 'request failed');
  expect(JSON.stringify(lines)).not.toContain('hunter2');
  expect(lines[0]).toMatchObject({
    err: { message: expect.stringContaining('INSERT INTO users'), cause: { code: '23505' } },
  });
});

it('is JSON with a time that people and programs read', () => {
  const { lines, log } = logTo();
  log.info('hello');
  expect(lines).toEqual([{ level: 30, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), msg: 'hello' }]);
});
