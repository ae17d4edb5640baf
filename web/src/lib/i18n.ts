/** Languages and their message catalogues. A catalogue is a chunk of its own, loaded only for its readers. */
import type messages from '../messages/en.json';

export type Messages = typeof messages;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

const catalogues = {
  en: () => import('../messages/en.json'),
} satisfies Record<string, () => Promise<{ default: Messages }>>;

export type Locale = keyof typeof catalogues;

const isLocale = (value: string): value is Locale => Object.hasOwn(catalogues, value);

/** The first language of the browser that there is a catalogue for; English otherwise. */
export function preferredLocale(): Locale {
  for (const tag of navigator.languages) {
    const language = tag.split('-')[0] ?? '';
    if (isLocale(language)) return language;
  }
  return 'en';
}

export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await catalogues[locale]()).default;
}
