/** The language of the page. A catalogue is a chunk of its own, loaded only for its readers. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'use-intl';
import type { messages as english } from '../messages/en/index.ts';
import { browserZone, useBoot } from './boot.ts';
import { directionOf, type Locale } from './locales.ts';
import { writeCookie } from './surroundings.ts';

export type Messages = typeof english;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

const catalogues: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import('../messages/en/index.ts'),
  es: () => import('../messages/es/index.ts'),
  hi: () => import('../messages/hi/index.ts'),
  ar: () => import('../messages/ar/index.ts'),
};

export const loadMessages = async (locale: Locale): Promise<Messages> => (await catalogues[locale]()).messages;

const SetLocale = createContext<(locale: Locale) => Promise<void>>(async () => {});

/** Changes the language of the page at once and of later ones; resolves when it is shown. */
export const useSetLocale = () => useContext(SetLocale);

/** Language, time zone and clock around every page; at first those that the server rendered with. */
export function LanguageProvider({ messages, children }: { messages: Messages; children: ReactNode }) {
  const boot = useBoot();
  const [language, setLanguage] = useState({ locale: boot.locale, messages });
  const [zone, setZone] = useState(boot.zone);
  const now = useMemo(() => new Date(boot.now), [boot.now]);

  useEffect(() => {
    const actual = browserZone();
    if (actual === zone) return;
    writeCookie('zone', actual);
    setZone(actual);
  }, [zone]);

  const setLocale = async (locale: Locale) => {
    writeCookie('locale', locale);
    const loaded = await loadMessages(locale);
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
    setLanguage({ locale, messages: loaded });
  };

  return (
    <SetLocale value={setLocale}>
      <IntlProvider locale={language.locale} messages={language.messages} timeZone={zone} now={now}>
        {children}
      </IntlProvider>
    </SetLocale>
  );
}
