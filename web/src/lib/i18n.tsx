/**
 * The language of the page. Each language comes in parts, which only its readers load: the words of the shell and of the
 * home first, and those of other pages with the first that needs them.
 */
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { IntlProvider } from 'use-intl';
import type { messages as members } from '../messages/en/members.ts';
import type { messages as pages } from '../messages/en/pages.ts';
import type { messages as settings } from '../messages/en/settings.ts';
import type { messages as shell } from '../messages/en/shell.ts';
import type { messages as staff } from '../messages/en/staff.ts';
import type { Part } from '../messages/parts.ts';
import { browserZone, useBoot } from './boot.ts';
import { directionOf, type Locale } from './locales.ts';
import { writeCookie } from './surroundings.ts';

export type Messages = typeof shell & typeof pages & typeof members & typeof settings & typeof staff;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

/** That a language has all of English is what `scripts/messages.mjs` checks, with arguments and plural forms. */
type Catalogue = Record<'shell' | Part, () => Promise<{ messages: object }>>;

const catalogues: Record<Locale, Catalogue> = {
  en: {
    shell: () => import('../messages/en/shell.ts'),
    pages: () => import('../messages/en/pages.ts'),
    members: () => import('../messages/en/members.ts'),
    settings: () => import('../messages/en/settings.ts'),
    staff: () => import('../messages/en/staff.ts'),
  },
  es: {
    shell: () => import('../messages/es/shell.ts'),
    pages: () => import('../messages/es/pages.ts'),
    members: () => import('../messages/es/members.ts'),
    settings: () => import('../messages/es/settings.ts'),
    staff: () => import('../messages/es/staff.ts'),
  },
  hi: {
    shell: () => import('../messages/hi/shell.ts'),
    pages: () => import('../messages/hi/pages.ts'),
    members: () => import('../messages/hi/members.ts'),
    settings: () => import('../messages/hi/settings.ts'),
    staff: () => import('../messages/hi/staff.ts'),
  },
  ar: {
    shell: () => import('../messages/ar/shell.ts'),
    pages: () => import('../messages/ar/pages.ts'),
    members: () => import('../messages/ar/members.ts'),
    settings: () => import('../messages/ar/settings.ts'),
    staff: () => import('../messages/ar/staff.ts'),
  },
};

interface Language {
  locale: Locale;
  messages: Messages;
  /** Of how many parts. */
  size: number;
}

/** On the server every language is spoken at once, so that this stays empty there. */
let spoken: Language | null = null;
const wanted = new Set<Part>(import.meta.env.SSR ? ['pages', 'members', 'settings', 'staff'] : []);
let wish: Locale = 'en';
const listeners = new Set<() => void>();

/** The words of a language that are wanted so far; on the server all of them. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = await Promise.all((['shell', ...wanted] as const).map((part) => catalogues[locale][part]()));
  return Object.assign({}, ...parts.map(({ messages }) => messages)) as Messages;
}

/** The faces of other scripts, each with a letter of it. */
const faces: Partial<Record<Locale, readonly [font: string, letter: string]>> = {
  ar: ['1em "Readex Pro"', 'ب'],
  hi: ['1em "Noto Sans Devanagari"', 'क'],
};
/** Milliseconds that words wait for their face: it is optional, and one that comes after them is not taken any more. */
const FACE_WITHIN = 1_000;

async function bringFace(locale: Locale): Promise<void> {
  const face = faces[locale];
  if (!face) return;
  const late = new Promise((resolve) => setTimeout(resolve, FACE_WITHIN));
  await Promise.race([document.fonts.load(...face).catch(() => {}), late]);
}

/** Speaks a language from now on, in the browser. */
export async function speak(locale: Locale): Promise<void> {
  wish = locale;
  const size = wanted.size;
  // At first the page itself has asked for the face.
  const [messages] = await Promise.all([loadMessages(locale), spoken ? bringFace(locale) : null]);
  // Meanwhile another language, or more words, may have been asked for.
  if (wish !== locale) return;
  if (size !== wanted.size) return speak(locale);
  spoken = { locale, messages, size };
  for (const listener of listeners) listener();
}

/** Resolves when these parts of the catalogue are there. */
export async function wantMessages(parts: readonly Part[]): Promise<void> {
  if (import.meta.env.SSR) return;
  for (const part of parts) wanted.add(part);
  if (spoken?.size !== wanted.size) await speak(wish);
}

async function setLocale(locale: Locale): Promise<void> {
  writeCookie('locale', locale);
  await speak(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}

/** Changes the language of this page at once, and of later ones; resolves when it is shown. */
export const useSetLocale = () => setLocale;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const readSpoken = (): Language | null => spoken;

interface LanguageProviderProps {
  /** On the server; the browser has spoken already. */
  messages?: Messages | undefined;
  children: ReactNode;
}

/** Language, time zone and clock around every page; at first those that the server rendered with. */
export function LanguageProvider({ messages, children }: LanguageProviderProps) {
  const boot = useBoot();
  const language = useSyncExternalStore(subscribe, readSpoken, readSpoken) ?? { locale: boot.locale, messages };
  const [zone, setZone] = useState(boot.zone);
  const now = useMemo(() => new Date(boot.now), [boot.now]);

  useEffect(() => {
    const actual = browserZone();
    if (actual === zone) return;
    writeCookie('zone', actual);
    setZone(actual);
  }, [zone]);

  return (
    <IntlProvider {...language} timeZone={zone} now={now}>
      {children}
    </IntlProvider>
  );
}
