/** What a browser tells of its reader before any script runs: language, time zone, theme. */
import { type Locale, locales } from '@collabthon/contracts/shapes';
import type { FastifyRequest } from 'fastify';

export interface Choices {
  locale: Locale;
  /** The language of `?lang=`, if the address names one. */
  asked: Locale | null;
  zone: string;
  theme: 'light' | 'dark' | null;
}

const isLocale = (value: string | undefined): value is Locale => locales.some((locale) => locale === value);

/** `?lang=` for links to one language, then what was chosen here, then what the browser prefers, then English. */
export function choicesOf(request: FastifyRequest): Choices {
  const { locale, zone, theme } = request.cookies;
  const { lang } = request.query as Record<string, unknown>;
  const asked = typeof lang === 'string' && isLocale(lang) ? lang : null;
  const wishes = [locale, ...acceptedLanguages(request.headers['accept-language'])];
  return {
    locale: asked ?? wishes.find(isLocale) ?? 'en',
    asked,
    zone: zone && isZone(zone) ? zone : 'UTC',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

/** `ar-EG,ar;q=0.9,en;q=0.5` as `ar`, `ar`, `en`, best first. */
function acceptedLanguages(header = ''): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = Number(/^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1);
      return { language: tag.split('-')[0]?.toLowerCase() ?? '', quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
