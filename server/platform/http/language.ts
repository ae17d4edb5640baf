/** Languages of people: which one a request asks for, and which way it is written. */
import { type Locale, locales } from '@collabthon/contracts/shapes';

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
    const ours = locales.find((locale) => locale === language);
    if (ours) return ours;
  }
  return 'en';
}

/** The value of `dir` in HTML. */
export const directionOf = (locale: Locale) => (locale === 'ar' ? 'rtl' : 'ltr');
