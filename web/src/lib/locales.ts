/** The languages of the interface. */
import type { Locale } from '@collabthon/contracts/shapes';

export type { Locale };

/** Each language by its own name, since its readers look for that. */
export const localeNames: Record<Locale, string> = { en: 'English', es: 'Español', hi: 'हिन्दी', ar: 'العربية' };

export const locales = Object.keys(localeNames) as Locale[];

export const isLocale = (value: string): value is Locale => Object.hasOwn(localeNames, value);

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');
