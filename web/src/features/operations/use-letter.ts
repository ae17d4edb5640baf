import type { DeadLetter } from '@collabthon/contracts/operations';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '../../lib/api.ts';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { createOverlay } from '../../lib/overlay.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { useLettersGone } from './api.ts';

/** Letters that were discarded and may still be taken back, by their ids. */
export const discarded = createOverlay<string, true>();

/** What can be done with a job that was given up. That it is gone already, by another hand, is no failure. */
export function useLetter({ id, queue }: DeadLetter) {
  const t = useTranslations('admin.jobs');
  const textOf = useErrorText();
  const gone = useLettersGone();
  const params = { id };
  const isThis = (letter: DeadLetter) => letter.id === id;

  const runAgain = useMutation({
    mutationFn: () => api('POST /admin/dead-letters/{id}/redrive', { params, keepalive: true }),
    onSuccess: () => {
      showToast(t('ran', { queue }), 'good');
      return gone(isThis);
    },
    onError: (error) => {
      showToast(isStatus(error, 404) ? t('goneAlready') : textOf(error), 'bad');
      return isStatus(error, 404) ? gone(isThis) : undefined;
    },
  });

  function discard(): void {
    discarded.set(id, true);
    undoable({
      text: t('discarded', { queue }),
      undo: () => discarded.set(id, null),
      commit: async () => {
        try {
          await api('DELETE /admin/dead-letters/{id}', { params, keepalive: true });
          await gone(isThis);
        } catch (error) {
          if (isStatus(error, 404)) await gone(isThis);
          else showToast(textOf(error), 'bad');
        }
        discarded.set(id, null);
      },
    });
  }

  return { runAgain, discard };
}
