/** What the server tells a page beside its markup, so that the first render in the browser is the very same. */
import type { DehydratedState } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { isLocale, type Locale } from './locales.ts';
import { readCookie } from './surroundings.ts';

export interface Boot {
  locale: Locale;
  /** IANA name of the zone in which times are written. */
  zone: string;
  /** Milliseconds; relative times are told from here until the page lives. */
  now: number;
  /** Of the answer that brought the page, by which its lines are found in the log; null without a server. */
  requestId: string | null;
  /** The demo campus is loaded here. */
  isDemo: boolean;
  /** The data in the markup; null when the page was not rendered on the server. */
  data: DehydratedState | null;
}

const BootContext = createContext<Boot | null>(null);
export const BootProvider = BootContext.Provider;

export function useBoot(): Boot {
  const boot = useContext(BootContext);
  if (!boot) throw new Error('No BootProvider above.');
  return boot;
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** What the server left in the page; the browser's own where the page came from the development server. */
export function readBoot(): Boot {
  const written = document.getElementById('boot')?.textContent;
  if (written) return JSON.parse(written) as Boot;
  const chosen = readCookie('locale');
  const preferred = [chosen ?? '', ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')].find(isLocale);
  return { locale: preferred ?? 'en', zone: browserZone(), now: Date.now(), requestId: null, isDemo: true, data: null };
}
