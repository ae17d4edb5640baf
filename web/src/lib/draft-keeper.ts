/**
 * Keeps one piece of writing safe: on this device with every change, on the server when the writer pauses. It lives
 * outside React; `useDraft` is its face. Nothing is ever overwritten unseen: when another tab was faster, both texts
 * are held until the writer has chosen.
 */
import { ApiError } from './errors.ts';
import { isSame, like } from './like.ts';

/** A version of the writing as the server keeps it; unknown until the form has read it. */
export interface KeptDraft<V = unknown> {
  content: V;
  version: number;
  /** Milliseconds. */
  savedAt: number;
}

export interface DraftRemote<V> {
  load(): Promise<KeptDraft | null>;
  /** @throws ApiError 409 `draft_changed` when the server holds another version than `follows` */
  save(content: V, follows: number, isLast: boolean): Promise<Omit<KeptDraft<V>, 'content'>>;
  remove(): Promise<void>;
}

/** What this tab had not yet brought to the server. */
export interface LeftDraft<V> {
  content: V;
  follows: number;
  /** What was on its way when the tab ended: found on the server, it is not another tab's. */
  sent: V | null;
}

export interface DraftLocal<V> {
  read(): LeftDraft<V> | null;
  /** Null forgets it. */
  write(left: LeftDraft<V> | null): void;
}

export type DraftPhase =
  | 'loading'
  /** Nothing was written yet. */
  | 'blank'
  /** Written, and about to be sent. */
  | 'writing'
  | 'saved'
  /** The server does not answer; this device holds it meanwhile, and it is sent later. */
  | 'waiting'
  | 'signedOut'
  /** The server does not take it; `error` says why. This device holds it. */
  | 'refused'
  /** Another tab or device kept something else; `theirs` is that. */
  | 'conflict';

export interface DraftState<V> {
  value: V;
  phase: DraftPhase;
  savedAt: number | null;
  theirs: V | null;
  error: unknown;
}

interface DraftKeeperOptions<V> {
  /** The writing while there is none. */
  initial: V;
  /** Makes of what was kept, which may be anything, what the form expects; lists need to be told what is in them. */
  read?: ((found: unknown) => V) | undefined;
  remote: DraftRemote<V>;
  local: DraftLocal<V>;
  /** What the server keeps, if that was asked just now: null for nothing, undefined for not asked. */
  known?: KeptDraft | null | undefined;
  /** Milliseconds of rest before it is sent. */
  delay?: number;
}

export type DraftKeeper<V extends object> = ReturnType<typeof createDraftKeeper<V>>;

/** Whoever writes without a rest is saved this often, in milliseconds. */
const LONGEST_UNSAVED = 5_000;
const RETRY_AFTER = 5_000;

export function createDraftKeeper<V extends object>({
  initial,
  read = (found) => like(initial, found),
  remote,
  local,
  known,
  delay = 800,
}: DraftKeeperOptions<V>) {
  const readKept = (kept: KeptDraft | null) => kept && { ...kept, content: read(kept.content) };
  const load = () => remote.load().then(readKept);

  const asked = known && readKept(known);
  let base = initial;
  let state: DraftState<V> = {
    value: asked?.content ?? base,
    phase: asked === undefined ? 'loading' : asked ? 'saved' : 'blank',
    savedAt: asked?.savedAt ?? null,
    theirs: null,
    error: null,
  };
  /** The version on the server that this writing began from; 0 for none. */
  let follows = asked?.version ?? 0;
  let isKnown = asked !== undefined;
  let isDirty = false;
  let sent: V | null = null;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirtySince = 0;
  /** `closed`: nobody shows it any more. `finished`: it is no longer needed. */
  let end: 'closed' | 'finished' | null = null;
  let theirVersion = 0;
  const listeners = new Set<() => void>();

  function publish(change: Partial<DraftState<V>>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function schedule(wait: number): void {
    clearTimeout(timer);
    if (!end) timer = setTimeout(() => void save(), wait);
  }

  const holdHere = () => local.write({ content: state.value, follows, sent });

  function adopt(kept: KeptDraft<V>): void {
    follows = kept.version;
    isDirty = false;
    // After leaving, the device may hold what was written since, on the page that was opened again.
    if (!end || isSame(local.read()?.content, kept.content)) local.write(null);
    publish({ value: kept.content, phase: 'saved', savedAt: kept.savedAt, theirs: null, error: null });
  }

  /** Follows what the server holds if that is ours or nothing; else the writer has to choose. */
  function meet(there: KeptDraft<V> | null): void {
    const isOurs = !there || there.version === follows || (sent !== null && isSame(there.content, sent));
    if (there && isSame(there.content, state.value)) {
      adopt({ ...there, content: state.value });
      return;
    }
    if (there && !isOurs) {
      theirVersion = there.version;
      publish({ phase: 'conflict', theirs: there.content });
      return;
    }
    follows = there?.version ?? 0;
    holdHere();
    publish({ phase: 'writing', error: null });
    schedule(0);
  }

  async function failed(error: unknown): Promise<void> {
    const { status, code } = error instanceof ApiError ? error : { status: 500, code: '' };
    if (code === 'draft_changed') return load().then(meet, failed);
    if (status === 401) return publish({ phase: 'signedOut', error });
    if (status !== 0 && status !== 429 && status < 500) return publish({ phase: 'refused', error });
    publish({ phase: 'waiting', error });
    schedule(RETRY_AFTER);
  }

  /** Sends what is unsent; `isLast` when the page goes and nobody will hear the answer. */
  async function save(isLast = false): Promise<void> {
    clearTimeout(timer);
    if (!isDirty || state.phase === 'conflict' || end === 'finished') return;
    if (running && !isLast) return running.then(() => save());
    const content = state.value;
    sent = content;
    holdHere();
    const saving = remote.save(content, follows, isLast).then(
      ({ version, savedAt }) => {
        follows = version;
        // It may have been discarded meanwhile.
        if (end === 'finished' || !isDirty) return;
        if (state.value === content) return adopt({ content, version, savedAt });
        holdHere();
        publish({ savedAt, error: null });
        schedule(delay);
      },
      (error: unknown) => (end ? undefined : failed(error)),
    );
    running = saving.finally(() => {
      running = null;
    });
    return running;
  }

  /** After leaving there is no rest to wait for. What cannot be sent stays on this device for the next time. */
  const sendLast = () => void Promise.resolve(running).then(() => save(true));

  return {
    getState: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Brings what was left on this device together with what the server keeps. */
    async open(): Promise<void> {
      end = null;
      const left = local.read();
      if (left && !isDirty) {
        isDirty = true;
        ({ follows, sent } = left);
        publish({ value: read(left.content) });
      }
      try {
        const there = isKnown ? (asked ?? null) : await load();
        isKnown = false;
        if (end) return;
        if (isDirty) meet(there);
        else if (there) adopt(there);
        else publish({ phase: 'blank' });
      } catch (error) {
        if (!end) await failed(error);
      }
    },

    set(change: (previous: V) => V): void {
      const value = change(state.value);
      if (end === 'finished' || isSame(value, state.value)) return;
      if (!isDirty) dirtySince = Date.now();
      isDirty = true;
      if (state.phase !== 'conflict' && state.phase !== 'loading') publish({ value, phase: 'writing' });
      else publish({ value });
      holdHere();
      if (end) sendLast();
      else if (state.phase === 'writing')
        schedule(Math.max(0, Math.min(delay, dirtySince + LONGEST_UNSAVED - Date.now())));
    },

    /** Sends at once what is unsent. */
    flush: (isLast = false) => void save(isLast),

    /** Takes over what another tab or device has saved meanwhile, if nothing was written here. */
    async look(): Promise<void> {
      if (isDirty) return save();
      if (state.phase !== 'saved' && state.phase !== 'waiting') return;
      const there = await load().catch(() => null);
      if (there && there.version !== follows && !isDirty && !end) adopt(there);
    },

    keepMine(): void {
      follows = theirVersion;
      publish({ phase: 'writing', theirs: null });
      void save();
    },

    takeTheirs(): void {
      if (state.theirs === null) return;
      adopt({ content: state.theirs, version: theirVersion, savedAt: Date.now() });
    },

    /** It would begin from something else by now: taken over at once where nothing was written. */
    rebase(next: V): void {
      const isBare = state.value === base;
      base = next;
      if (isBare) publish({ value: base });
    },

    /** Empties the draft; `commit` makes the server forget it, unless something was written since. */
    discard(): { undo: () => void; commit: () => void } {
      const before = state.value;
      clearTimeout(timer);
      isDirty = false;
      local.write(null);
      publish({ value: base, phase: 'blank', theirs: null, error: null });
      const isEmpty = () => !isDirty && state.value === base;
      return {
        undo: () => {
          if (isEmpty()) this.set(() => before);
        },
        commit: () => {
          if (!isEmpty()) return;
          follows = 0;
          remote.remove().catch(() => {});
        },
      };
    },

    /** What was written has reached its place: the draft is no longer needed. */
    async finish(): Promise<void> {
      end = 'finished';
      clearTimeout(timer);
      local.write(null);
      await running;
      // A draft that stays behind is seen and discarded by its writer; the work itself is done.
      await remote.remove().catch(() => {});
    },

    /** Nobody shows it any more. What is unsent goes out now, or waits on this device for the next time. */
    close(): void {
      end ??= 'closed';
      clearTimeout(timer);
      sendLast();
    },
  };
}
