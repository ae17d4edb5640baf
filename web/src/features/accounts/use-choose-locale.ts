import type { User } from '@collabthon/contracts/accounts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import { useErrorText } from '../../lib/errors.ts';
import { useSetLocale } from '../../lib/i18n.tsx';
import { type Locale, localeNames } from '../../lib/locales.ts';
import { meKey } from '../../lib/query.ts';
import { showToast } from '../../lib/toasts.ts';
import { useUpdateMe } from './api.ts';

/** Shows a language at once and keeps it with the account, for mails and other browsers; a failure takes it back. */
export function useChooseLocale(): (chosen: Locale) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  const before = useLocale();
  const setLocale = useSetLocale();
  const update = useUpdateMe();
  const textOf = useErrorText();
  return async (chosen) => {
    try {
      await setLocale(chosen);
      // A language that the address names would come back with the next reload.
      const { lang, ...search } = router.latestLocation.search as { lang?: unknown };
      if (lang !== undefined) await router.navigate({ to: '.', search, replace: true } as never);
      if (client.getQueryData(meKey)) await update.mutateAsync({ locale: chosen });
    } catch (error) {
      await setLocale(before);
      showToast(textOf(error), 'bad');
    }
  };
}

/** After signing in: shows the language of the account, and lets its owner keep the one that was shown here instead. */
export function useTakeOverLocale(): (user: User) => Promise<void> {
  const t = useTranslations('auth');
  const shown = useLocale();
  const setLocale = useSetLocale();
  const choose = useChooseLocale();
  return async ({ locale }) => {
    if (!locale || locale === shown) return;
    try {
      await setLocale(locale);
    } catch {
      // The catalogue did not come; the page stays readable as it is.
      return;
    }
    // In the language that was read here a moment ago.
    showToast(t('localeTaken', { language: localeNames[locale] }), 'plain', {
      action: { label: t('localeKeep', { language: localeNames[shown] }), run: () => void choose(shown) },
    });
  };
}
