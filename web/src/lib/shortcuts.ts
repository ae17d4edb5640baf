/**
 * Keys that do things. Single keys count only where nobody types, and can be switched off: who speaks to the computer,
 * or touches a key by accident, must not set anything off (WCAG 2.1.4). Keys with Ctrl or Cmd always count.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { readCookie, writeCookie } from './surroundings.ts';

/** `page` goes when its page goes; `everywhere` is the shell's. */
type Place = 'page' | 'everywhere';

export interface Shortcut {
  /** `c`, `?`, `ArrowDown`; `g p` is one key after the other; `mod+k` is with Ctrl, or Cmd on a Mac. */
  keys: string;
  /** What it does, in the reader's language. */
  label: string;
  place: Place;
  run: () => void;
}

type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'defaultPrevented' | 'isComposing'
>;

/** The second key of two follows within this time, in milliseconds. */
const followsWithin = 1_200;
const cookie = 'shortcuts';

const none: readonly Shortcut[] = [];
let shortcuts = none;
let held: { key: string; until: number } | null = null;
const listeners = new Set<() => void>();

function publish(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Makes a key do something until the returned function is called. Of two with the same key the newer one counts. */
export function addShortcut(shortcut: Shortcut): () => void {
  if (shortcuts.length === 0 && typeof document === 'object') document.addEventListener('keydown', onKeyDown);
  publish([...shortcuts, shortcut]);
  return () => publish(shortcuts.filter((other) => other !== shortcut));
}

function onKeyDown(event: KeyboardEvent): void {
  const shortcut = shortcutFor(event, Date.now());
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
}

/** The shortcut that this key press completes; remembers the first of two keys. */
export function shortcutFor(press: Press, now: number): Shortcut | undefined {
  if (press.defaultPrevented || press.isComposing || press.altKey) return undefined;
  const hasModifier = press.ctrlKey || press.metaKey;
  if (!hasModifier && (!areSingleKeysOn() || isTaken(press.target))) return undefined;

  const key = hasModifier ? `mod+${letterOf(press)}` : letterOf(press);
  const both = held && now < held.until ? `${held.key} ${key}` : null;
  held = null;
  const found = both ? find(both) : undefined;
  if (found) return found;
  if (!hasModifier && shortcuts.some(({ keys }) => keys.startsWith(`${key} `)))
    held = { key, until: now + followsWithin };
  return find(key);
}

const find = (keys: string) => shortcuts.findLast((shortcut) => shortcut.keys === keys);

/** What the key says; on keyboards of other scripts what an English one says in its place. */
function letterOf({ key, code }: Press): string {
  if (key === '؟') return '?';
  const physical = /^Key([A-Z])$/.exec(code)?.[1];
  if (key.length > 1) return key;
  return (physical && key.charCodeAt(0) > 127 ? physical : key).toLowerCase();
}

/** Somebody types there, or a dialog has the page to itself. */
function isTaken(target: EventTarget | null): boolean {
  const element = target as Partial<Element> | null;
  return (
    element?.closest?.(
      'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog[open]',
    ) != null
  );
}

/** Everything that a key does right now, for the help sheet. */
export const useShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    subscribe,
    () => shortcuts,
    () => none,
  );

const areSingleKeysOn = (): boolean => readCookie(cookie) !== 'off';

/** Whether single keys do anything, and the switch for it. */
export function useSingleKeys(): [isOn: boolean, set: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, areSingleKeysOn, areSingleKeysOn);
  return [
    isOn,
    (next) => {
      writeCookie(cookie, next ? null : 'off');
      for (const listener of listeners) listener();
    },
  ];
}

/**
 * A key of this page, or with `everywhere` of all pages. It appears in the help sheet under its label.
 *
 * @param run null while there is nothing to do; the key then is not listed
 */
export function useShortcut(keys: string, label: string, run: (() => void) | null, place: Place = 'page'): void {
  const latest = useRef(run);
  latest.current = run;
  const isOn = run !== null;
  useEffect(
    () => (isOn ? addShortcut({ keys, label, place, run: () => latest.current?.() }) : undefined),
    [keys, label, place, isOn],
  );
}
