/** Languages of people: which one a request asks for, and which way it is written. */
import { type Locale, locales } from '@collabthon/contracts/shapes';
import type { FastifyRequest } from 'fastify';

export const isLocale = (value: string): value is Locale => locales.some((locale) => locale === value);

/** What was chosen in this browser, else the best that it asks for. */
export function preferredLocale({ cookies, headers }: Pick<FastifyRequest, 'cookies' | 'headers'>): Locale {
  const { locale } = cookies;
  return locale !== undefined && isLocale(locale) ? locale : acceptedLocale(headers['accept-language']);
}

/** The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4); English when it wants none of them. */
export function acceptedLocale(header = ''): Locale {
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.split(';');
      const weight = quality === undefined ? 1 : Number(/^\s*q=([\d.]+)\s*$/i.exec(quality)?.[1] ?? 0);
      return { language: tag.trim().split('-')[0]?.toLowerCase(), weight };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    if (language !== undefined && isLocale(language)) return language;
  }
  return 'en';
}

/** The value of `dir` in HTML. */
export const directionOf = (locale: Locale) => (locale === 'ar' ? 'rtl' : 'ltr');
