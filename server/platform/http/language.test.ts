import { expect, it } from 'vitest';
import { acceptedLocale, preferredLocale } from './language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de, fr', 'en'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es'],
  ['de-DE, ar;q=0.4, hi-IN;q=0.7', 'hi'],
  ['AR-EG', 'ar'],
  ['es;q=0, hi;q=0.1', 'hi'],
  ['ar;q=high, es;q=0.2', 'es'],
  ['english, esperanto', 'en'],
])('Accept-Language: %s is answered in %s', (header, locale) => {
  expect(acceptedLocale(header)).toBe(locale);
});

it('what was chosen here comes before what the browser asks for', () => {
  const headers = { 'accept-language': 'hi' };
  const preferred = ['ar', 'xx', undefined].map((locale) => preferredLocale({ cookies: { locale }, headers }));
  expect(preferred).toEqual(['ar', 'hi', 'hi']);
});
