/**
 * Short notices, and changes that can be taken back. They live outside React so that any mutation can speak. A notice
 * goes away by itself after its time; the time stands still while the reader is on it.
 */
import { useSyncExternalStore } from 'react';

type Tone = 'plain' | 'good' | 'bad';

interface Action {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  tone: Tone;
  text: string;
  /** What can be done about it; `undo` has one word and one key everywhere. */
  action: Action | 'undo' | null;
  /** What it is about: a later notice about the same takes its place. */
  about: string | undefined;
}

interface Timed extends Toast {
  /** Milliseconds that are left when the clock runs again. */
  left: number;
  startedAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  onUndo: (() => void) | undefined;
  onExpire: (() => void | Promise<void>) | undefined;
}

/** Reading takes time, deciding more, and a failure has to be understood. */
const shownFor = { plain: 6_000, good: 6_000, bad: 12_000 } as const;
const undoFor = 9_000;
const mostAtOnce = 3;

const none: readonly Timed[] = [];
let toasts = none;
let nextId = 1;
let isHeld = false;
const listeners = new Set<() => void>();

function publish(next: readonly Timed[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Takes a notice out of the list, once; whoever gets it back decides how it ends. */
function take(id: number): Timed | undefined {
  const toast = toasts.find((candidate) => candidate.id === id);
  if (!toast) return undefined;
  clearTimeout(toast.timer);
  publish(toasts.filter((candidate) => candidate.id !== id));
  return toast;
}

function start(toast: Timed): void {
  toast.startedAt = Date.now();
  toast.timer = setTimeout(() => dismissToast(toast.id), toast.left);
}

function add(
  fields: Pick<Timed, 'text' | 'tone' | 'action' | 'about'> & Partial<Pick<Timed, 'onUndo' | 'onExpire'>>,
  left: number,
): number {
  const isReplaced = ({ about }: Toast) => about !== undefined && about === fields.about;
  for (const old of toasts.filter(isReplaced)) dismissToast(old.id);
  for (const old of toasts.slice(0, 1 - mostAtOnce)) dismissToast(old.id);
  const toast: Timed = {
    onUndo: undefined,
    onExpire: undefined,
    ...fields,
    id: nextId++,
    left,
    startedAt: 0,
    timer: undefined,
  };
  publish([...toasts, toast]);
  if (!isHeld) start(toast);
  return toast.id;
}

/** Shows a notice. `onExpire` runs when it goes without its action having been taken. */
export function showToast(
  text: string,
  tone: Tone = 'plain',
  { action = null, about, onExpire }: { action?: Action | null; about?: string; onExpire?: () => void } = {},
): void {
  add({ text, tone, action, about, onExpire }, action ? Math.max(shownFor[tone], undoFor) : shownFor[tone]);
}

/**
 * A change that needs no "are you sure". The caller has shown it already; `commit` sends it when the time to take it
 * back is over, or at once when the page is left or hidden, so it has to use `keepalive`. `undo` shows the old state
 * again. Exactly one of the two runs, once.
 *
 * @returns a function that takes it back as the notice does, for an "Undo" beside the change itself
 */
export function undoable({
  text,
  about,
  undo,
  commit,
}: {
  text: string;
  about?: string;
  undo: () => void;
  commit: () => void | Promise<void>;
}): () => void {
  const id = add({ text, tone: 'plain', action: 'undo', about, onUndo: undo, onExpire: commit }, undoFor);
  return () => actOnToast(id);
}

/** The notice goes: its time is over, or the reader sent it away. Resolves when what that sends has been answered. */
export async function dismissToast(id: number): Promise<void> {
  await take(id)?.onExpire?.();
}

/** The reader took what the notice offers. */
export function actOnToast(id: number): void {
  const toast = take(id);
  if (toast?.action === 'undo') toast.onUndo?.();
  else toast?.action?.run();
}

/** Takes back the newest change that still can be; false when there is none. */
export function undoNewest(): boolean {
  const newest = toasts.findLast((toast) => toast.action === 'undo');
  if (newest) actOnToast(newest.id);
  return newest !== undefined;
}

/** Sends every change that still waits: before the page goes, and before the session ends. Resolves with the answers. */
export async function commitUndoables(): Promise<void> {
  const waiting = toasts.filter((toast) => toast.action === 'undo');
  await Promise.allSettled(waiting.map((toast) => dismissToast(toast.id)));
}

/** Stops the clock of all notices, or lets it run on. */
export function holdToasts(hold: boolean): void {
  if (hold === isHeld) return;
  isHeld = hold;
  for (const toast of toasts) {
    if (!hold) start(toast);
    else {
      clearTimeout(toast.timer);
      toast.left = Math.max(1_000, toast.left - (Date.now() - toast.startedAt));
    }
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
