import type { Notification } from '@collabthon/contracts/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/api.ts';
import { isStatus, useCauseText } from '../../lib/errors.ts';
import { createOverlay } from '../../lib/overlay.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { countUnread, heldNotifications, markedRead, patchNotifications } from './api.ts';
import { unreadQuery } from './unread.ts';

/** Notifications that the reader deleted and may still take back, by their ids. */
export const deleted = createOverlay<number, true>();

/**
 * What can be done with notifications. It shows at once; what the server does not take goes back to how it was, and
 * says so. All of it outlives the page that is being left.
 */
export function useNotices() {
  const t = useTranslations('notifications');
  const causeOf = useCauseText();
  const client = useQueryClient();
  const fail = (what: 'read' | 'readAll' | 'delete', error: unknown) =>
    showToast(t(`failed.${what}`, { why: causeOf(error) }), 'bad');

  const show = (ids: ReadonlySet<number>, isRead: boolean) =>
    patchNotifications(client, (other) => (ids.has(other.id) ? markedRead(other, isRead) : other));

  return {
    async read({ id, is_read }: Notification): Promise<void> {
      if (is_read) return;
      const ids = new Set([id]);
      show(ids, true);
      countUnread(client, (count) => count - 1);
      try {
        await api('PUT /notifications/{id}/read', { params: { id }, keepalive: true });
      } catch (error) {
        // Deleted in another place: there is nothing left to read.
        if (isStatus(error, 404)) return;
        show(ids, false);
        countUnread(client, (count) => count + 1);
        fail('read', error);
      }
    },

    async readAll(): Promise<void> {
      const ids = new Set(heldNotifications(client).flatMap(({ id, is_read }) => (is_read ? [] : [id])));
      const before = client.getQueryData(unreadQuery.queryKey);
      show(ids, true);
      client.setQueryData(unreadQuery.queryKey, 0);
      try {
        await api('PUT /notifications/mark-all-read', { keepalive: true });
      } catch (error) {
        show(ids, false);
        client.setQueryData(unreadQuery.queryKey, before);
        fail('readAll', error);
      }
    },

    remove({ id, is_read }: Notification): void {
      const count = (by: 1 | -1) => is_read || countUnread(client, (before) => before + by);
      const commit = async () => {
        try {
          await api('DELETE /notifications/{id}', { params: { id }, keepalive: true });
          patchNotifications(client, (other) => (other.id === id ? null : other));
        } catch (error) {
          if (!isStatus(error, 404)) {
            count(1);
            fail('delete', error);
          }
        }
        deleted.set(id, null);
      };
      deleted.set(id, true);
      count(-1);
      undoable({
        text: t('deleted'),
        undo: () => {
          deleted.set(id, null);
          count(1);
        },
        commit,
      });
    },
  };
}
