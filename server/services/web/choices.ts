/** What a browser tells of its reader before any script runs: language, time zone, theme. */
import type { Locale } from '@collabthon/contracts/shapes';
import type { FastifyRequest } from 'fastify';
import { isLocale, preferredLocale } from '../../platform/http/language.ts';

export interface Choices {
  locale: Locale;
  /** The language of `?lang=`, if the address names one. */
  asked: Locale | null;
  zone: string;
  theme: 'light' | 'dark' | null;
}

/** The language of `?lang=` for links to one, else what this browser prefers. */
export function choicesOf(request: FastifyRequest): Choices {
  const { zone, theme } = request.cookies;
  const { lang } = request.query as Record<string, unknown>;
  const asked = typeof lang === 'string' && isLocale(lang) ? lang : null;
  return {
    locale: asked ?? preferredLocale(request),
    asked,
    zone: zone && isZone(zone) ? zone : 'UTC',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
