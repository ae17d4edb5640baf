import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/api.ts';
import { useCauseText } from '../../lib/errors.ts';
import { createOverlay } from '../../lib/overlay.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { mutesQuery } from './api.ts';

/** What the reader muted or unmuted and the server has not taken yet, by thread. */
const turned = createOverlay<string, boolean>();

export interface ThreadName {
  thread: string;
  name: string;
}

/** `project`, `request` or `conversation`. */
export const kindOf = (thread: string): string => thread.split(':')[0] ?? '';

/** Which threads are muted, and the switch: muting can be taken back for a while before it is sent. */
export function useMutes() {
  const t = useTranslations('notifications');
  const causeOf = useCauseText();
  const client = useQueryClient();
  const query = useInfiniteQuery(mutesQuery);
  const listed = query.data?.pages.flatMap(({ items }) => items.map(({ thread }) => thread));
  const changes = turned.use();

  const commit = async (thread: string, isMuted: boolean) => {
    const route = `${isMuted ? 'PUT' : 'DELETE'} /notifications/mutes/{thread}` as const;
    try {
      await api(route, { params: { thread }, keepalive: true });
      await client.invalidateQueries(mutesQuery);
    } catch (error) {
      showToast(t(`failed.${isMuted ? 'mute' : 'unmute'}`, { why: causeOf(error) }), 'bad');
    }
    turned.set(thread, null);
  };

  return {
    query,
    /** Undefined while they are coming. */
    muted: listed?.filter((thread) => changes.get(thread) ?? true),
    isMuted: (thread: string): boolean => changes.get(thread) ?? listed?.includes(thread) ?? false,
    turn({ thread, name }: ThreadName, isMuted: boolean): void {
      turned.set(thread, isMuted);
      undoable({
        text: t(isMuted ? 'muted' : 'unmuted', { thread: kindOf(thread), name }),
        undo: () => turned.set(thread, null),
        commit: () => commit(thread, isMuted),
      });
    },
  };
}
