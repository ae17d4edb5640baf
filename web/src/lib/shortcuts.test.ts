import { afterEach, beforeEach, expect, it } from 'vitest';
import { addShortcut, type Shortcut, shortcutFor } from './shortcuts.ts';
import { provideSurroundings } from './surroundings.ts';

let cookie = '';
provideSurroundings(() => ({ fetch, cookie }));

const undo: (() => void)[] = [];
const add = (keys: string, more: Partial<Shortcut> = {}) => {
  const shortcut: Shortcut = { keys, label: keys, place: 'page', run: () => {}, ...more };
  undo.push(addShortcut(shortcut));
  return shortcut;
};

/** What a key press on an English keyboard leads to, on the page itself unless said otherwise. */
function press(key: string, { now = 0, ...more }: Partial<KeyboardEvent> & { now?: number } = {}) {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '';
  const plain = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, isComposing: false };
  return shortcutFor({ ...plain, key, code, target: null, ...more }, now);
}

const within = (selector: string) => ({ closest: (list: string) => (list.includes(selector) ? {} : null) });

beforeEach(() => {
  cookie = '';
});
afterEach(() => {
  press('Escape');
  for (const remove of undo.splice(0)) remove();
});

it('finds the newest of a key, and the older one when the newer is gone', () => {
  const shell = add('c', { place: 'everywhere' });
  const page = add('c');
  expect(press('c')).toBe(page);
  undo.pop()?.();
  expect(press('c')).toBe(shell);
});

it('takes two keys in a row, when the second follows soon', () => {
  const go = add('g p');
  const alone = add('p');
  expect(press('g')).toBeUndefined();
  expect(press('p', { now: 500 })).toBe(go);
  expect(press('p', { now: 600 })).toBe(alone);
  press('g', { now: 1_000 });
  expect(press('p', { now: 3_000 })).toBe(alone);
});

it('leaves keys to those who type, and to dialogs, except with Ctrl or Cmd', () => {
  add('c');
  const palette = add('mod+k');
  for (const place of ['textarea', 'dialog']) {
    const target = within(place) as unknown as EventTarget;
    expect(press('c', { target })).toBeUndefined();
    expect(press('k', { target, ctrlKey: true })).toBe(palette);
    expect(press('k', { target, metaKey: true })).toBe(palette);
  }
  expect(press('c', { isComposing: true })).toBeUndefined();
  expect(press('c', { altKey: true })).toBeUndefined();
  expect(press('c', { ctrlKey: true })).toBeUndefined();
});

it('can be switched off, except with Ctrl or Cmd', () => {
  add('c');
  const palette = add('mod+k');
  cookie = 'theme=dark; shortcuts=off';
  expect(press('c')).toBeUndefined();
  expect(press('k', { ctrlKey: true })).toBe(palette);
});

it('knows the keys of keyboards of other scripts', () => {
  const post = add('c');
  const help = add('?');
  expect(press('ؤ', { code: 'KeyC' })).toBe(post);
  expect(press('?', { code: 'Slash' })).toBe(help);
  expect(press('؟', { code: 'Slash' })).toBe(help);
});
