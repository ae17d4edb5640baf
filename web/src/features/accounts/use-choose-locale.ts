import { useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'use-intl';
import { useErrorText } from '../../lib/errors.ts';
import { useSetLocale } from '../../lib/i18n.tsx';
import type { Locale } from '../../lib/locales.ts';
import { meKey } from '../../lib/query.ts';
import { showToast } from '../../lib/toasts.ts';
import { useUpdateMe } from './api.ts';

/** Shows a language at once and keeps it with the account, for mails and other browsers; a failure takes it back. */
export function useChooseLocale(): (chosen: Locale) => Promise<void> {
  const client = useQueryClient();
  const before = useLocale();
  const setLocale = useSetLocale();
  const update = useUpdateMe();
  const textOf = useErrorText();
  return async (chosen) => {
    try {
      await setLocale(chosen);
      if (client.getQueryData(meKey)) await update.mutateAsync({ locale: chosen });
    } catch (error) {
      await setLocale(before);
      showToast(textOf(error), 'bad');
    }
  };
}
