import type { Message } from '@collabthon/contracts/conversations';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../lib/errors.ts';
import { createOutbox, type Unsent } from './outbox.ts';

const failure = (status: number) =>
  new ApiError({ status, code: 'x', params: {}, errors: [], requestId: null, retryAfter: null } as never);

/** A server that answers as it is told to, and keeps what it took by client id. */
function world(kept: Unsent[] | null = null) {
  const taken = new Map<string, string>();
  const asked: string[] = [];
  const shown: string[] = [];
  let stored = kept;
  const answers: (Error | undefined)[] = [];
  const outbox = createOutbox({
    async send({ client_id, text, conversation_id }) {
      asked.push(client_id);
      const failed = answers.shift();
      if (failed) throw failed;
      taken.set(client_id, text);
      return { client_id, text, conversation_id, position: taken.size } as Message;
    },
    onSent: ({ client_id }) => shown.push(client_id),
    store: {
      read: () => stored,
      write: (items) => {
        stored = items;
      },
    },
    pause: () => 5,
  });
  const write = (client_id: string) => outbox.add({ client_id, conversation_id: 1, text: `text of ${client_id}` });
  return { outbox, taken, asked, shown, answers, write, stored: () => stored };
}

const states = (outbox: ReturnType<typeof world>['outbox']) => outbox.getItems().map(({ state }) => state);

describe('the outbox', () => {
  it('sends one after the other, in the order in which they were written', async () => {
    const { outbox, write, shown, stored } = world();
    for (const id of ['a', 'b', 'c']) write(id);
    expect(states(outbox)).toEqual(['sending', 'sending', 'sending']);
    await expect.poll(() => shown).toEqual(['a', 'b', 'c']);
    expect(outbox.getItems()).toEqual([]);
    expect(stored()).toBeNull();
  });

  it('waits while nobody answers, and sends the same again until somebody does', async () => {
    const { outbox, write, answers, asked, shown } = world();
    answers.push(failure(0), failure(503), failure(401));
    write('a');
    write('b');
    await expect.poll(() => states(outbox)).toContain('waiting');
    await expect.poll(() => shown).toEqual(['a', 'b']);
    expect(asked).toEqual(['a', 'a', 'a', 'a', 'b']);
  });

  it('lets one that is refused make way, and tries it again when it is told to', async () => {
    const { outbox, write, answers, shown } = world();
    answers.push(failure(409));
    write('a');
    write('b');
    await expect.poll(() => shown).toEqual(['b']);
    expect(states(outbox)).toEqual(['refused']);
    outbox.retry('a');
    await expect.poll(() => shown).toEqual(['b', 'a']);
  });

  it('forgets what is discarded', async () => {
    const { outbox, write, answers, shown } = world();
    answers.push(failure(409));
    write('a');
    await expect.poll(() => states(outbox)).toEqual(['refused']);
    outbox.discard('a');
    outbox.wake();
    expect(outbox.getItems()).toEqual([]);
    expect(shown).toEqual([]);
  });

  it('takes up after a reload what had not arrived', async () => {
    const left: Unsent = { client_id: 'a', conversation_id: 1, text: 'Left', written_at: 1, state: 'sending' };
    const { outbox, shown } = world([left]);
    expect(states(outbox)).toEqual(['waiting']);
    outbox.wake();
    await expect.poll(() => shown).toEqual(['a']);
  });
});
