/** Drafts: what somebody is writing, never lost. Kept on the server as they type, on this device until it is there. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { api } from './api.ts';
import {
  createDraftKeeper,
  type DraftKeeper,
  type DraftLocal,
  type DraftRemote,
  type DraftState,
  type LeftDraft,
} from './draft-keeper.ts';
import { draftName, inTab, removeDraft } from './draft-places.ts';
import { draftQuery, loadDraft } from './draft-queries.ts';
import { isSame } from './like.ts';
import { onSessionRenewed } from './session.ts';
import { undoable } from './toasts.ts';

export interface Draft<V> extends Omit<DraftState<V>, 'error'> {
  /** Why the server does not have it yet. */
  error: unknown;
  set: (change: (previous: V) => V) => void;
  /** Of two versions in `conflict`: the one on this page. */
  keepMine: () => void;
  /** Of two versions in `conflict`: the one that was saved elsewhere. The reader can take it back for a while. */
  takeTheirs: (said: string) => void;
  /** Empties it; the reader can take it back for a while. */
  discard: (said: string) => void;
  /** What was written has reached its place: the draft goes, also when its page was left by then. */
  finish: () => Promise<void>;
  /** It would begin from something else by now: taken over at once where nothing was written. */
  rebase: (initial: V) => void;
}

/** The keepers of the drafts that are on the page, by name: what is taken back after leaving and coming back is theirs. */
const shown = new Map<string, DraftKeeper<object>>();

/**
 * A piece of writing that survives leaving, reloading, crashes and the loss of the network.
 *
 * @param key the name under which my drafts are kept, `project:new:x1`, `apply:12:34`; null keeps nothing
 * @param initial the writing when there is no draft; a plain object, the one of the first call counts
 * @param read makes of any JSON what the form expects, as the keeper says
 */
export function useDraft<V extends object>(key: string | null, initial: V, read?: (found: unknown) => V): Draft<V> {
  const client = useQueryClient();
  const name = key && draftName(client, key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft begins once; later values of `initial` do not count
  const keeper = useMemo(() => {
    if (!key || !name) return createDraftKeeper({ initial, read, remote: nowhere<V>(), local: notHere<V>() });
    return createDraftKeeper({
      initial,
      read,
      known: client.getQueryData(draftQuery(key).queryKey),
      remote: onServer<V>(key, client),
      local: inTab<LeftDraft<V>>(name),
    });
  }, [key, name]);
  const state = useSyncExternalStore(keeper.subscribe, keeper.getState, keeper.getState);

  useEffect(() => {
    void keeper.open();
    if (name) shown.set(name, keeper);
    // From here on the keeper knows better.
    if (key) client.removeQueries({ queryKey: draftQuery(key).queryKey });
    const onHide = () => {
      if (document.visibilityState === 'hidden') keeper.flush(true);
      else void keeper.look();
    };
    const onLeave = () => keeper.flush(true);
    const onBack = () => void keeper.look();
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', onLeave);
    window.addEventListener('online', onBack);
    window.addEventListener('focus', onBack);
    const stopWaiting = onSessionRenewed(onBack);
    return () => {
      stopWaiting();
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', onLeave);
      window.removeEventListener('online', onBack);
      window.removeEventListener('focus', onBack);
      keeper.close();
      if (name) shown.delete(name);
    };
  }, [keeper, key, name, client]);

  return useMemo(() => {
    const current = () => (shown.get(name ?? '') as DraftKeeper<V> | undefined) ?? keeper;
    const set: Draft<V>['set'] = (change) => current().set(change);
    return {
      ...state,
      set,
      keepMine: keeper.keepMine,
      takeTheirs: (said) => {
        const mine = state.value;
        keeper.takeTheirs();
        undoable({ text: said, undo: () => set(() => mine), commit: () => {} });
      },
      discard: (said) => undoable({ text: said, ...keeper.discard() }),
      finish: async () => {
        // Opened again meanwhile, it begins anew; what was written there since is a writing of its own.
        const again = current();
        if (!isSame(again.getState().value, keeper.getState().value)) return;
        await keeper.finish();
        if (again !== keeper) again.discard().commit();
      },
      rebase: keeper.rebase,
    };
  }, [state, keeper, name]);
}

function onServer<V extends object>(key: string, client: QueryClient): DraftRemote<V> {
  const params = { key };
  return {
    load: () => loadDraft(key),
    async save(content, version, isLast) {
      const body = { content: content as Record<string, unknown>, version };
      const saved = await api('PUT /drafts/{key}', { params, body, keepalive: isLast });
      if (version === 0 || isLast) void client.invalidateQueries({ queryKey: ['drafts'] });
      return { version: saved.version, savedAt: Date.now() };
    },
    async remove() {
      await removeDraft(client, key);
      void client.invalidateQueries({ queryKey: ['drafts'] });
    },
  };
}

const nowhere = <V>(): DraftRemote<V> => ({
  load: async () => null,
  save: async () => ({ version: 0, savedAt: Date.now() }),
  remove: async () => {},
});

const notHere = <V>(): DraftLocal<V> => ({ read: () => null, write: () => {} });
