import { useLocation } from '@tanstack/react-router';
import { useLocale } from 'use-intl';
import { useChooseLocale } from '../features/accounts/use-choose-locale.ts';
import { localeNames, locales } from '../lib/locales.ts';

/** This very page in the other languages: links, so that they work without scripts too. */
export function LanguageLinks({ className }: { className: string }) {
  const current = useLocale();
  const choose = useChooseLocale();
  const { pathname, search } = useLocation();
  const addressIn = (locale: string) => {
    const query = new URLSearchParams(Object.entries(search).map(([name, value]) => [name, String(value)]));
    query.set('lang', locale);
    return `${pathname}?${query}`;
  };
  return (
    <ul>
      {locales.map((locale) => (
        <li key={locale}>
          <a
            href={addressIn(locale)}
            lang={locale}
            hrefLang={locale}
            aria-current={locale === current ? 'true' : undefined}
            className={className}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
              event.preventDefault();
              void choose(locale);
            }}
          >
            {localeNames[locale]}
          </a>
        </li>
      ))}
    </ul>
  );
}
