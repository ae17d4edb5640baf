import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commitUndoables, holdToasts, showToast, undoable, undoNewest } from './toasts.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

function change() {
  const done: string[] = [];
  undoable({ text: 'Gone', undo: () => done.push('undo'), commit: () => void done.push('commit') });
  return done;
}

it('sends a change when the time to take it back is over, once', () => {
  const done = change();
  vi.advanceTimersByTime(6_000);
  expect(done).toEqual([]);
  vi.runAllTimers();
  commitUndoables();
  expect(done).toEqual(['commit']);
});

it('takes back the newest change and never sends it', () => {
  const first = change();
  const second = change();
  expect(undoNewest()).toBe(true);
  vi.runAllTimers();
  expect([first, second]).toEqual([['commit'], ['undo']]);
  expect(undoNewest()).toBe(false);
});

it('sends what waits when the page goes', () => {
  const changes = [change(), change()];
  commitUndoables();
  expect(changes).toEqual([['commit'], ['commit']]);
});

it('sends the oldest change when there is no room for its notice', () => {
  const oldest = change();
  for (const text of ['one', 'two', 'three']) showToast(text);
  expect(oldest).toEqual(['commit']);
});

it('keeps its time while the reader is on it', () => {
  const done = change();
  vi.advanceTimersByTime(5_000);
  holdToasts(true);
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual([]);
  holdToasts(false);
  vi.advanceTimersByTime(4_000);
  expect(done).toEqual(['commit']);
});

it('gives its place to a later notice about the same', () => {
  const done: string[] = [];
  undoable({
    text: 'Withdrawn',
    about: 'request:1',
    undo: () => done.push('undo'),
    commit: () => void done.push('commit'),
  });
  showToast('Saved', 'good', { about: 'request:2' });
  expect(done).toEqual([]);
  showToast('Sent again', 'good', { about: 'request:1' });
  expect(done).toEqual(['commit']);
});
