import { Link } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import { Page } from '../components/page.tsx';
import { useMe } from '../features/accounts/api.ts';
import { localeNames } from '../lib/locales.ts';
import { type SettingsPageName, settingsPages } from './settings-pages.ts';
import { OnMark } from './side-pages.tsx';

/** All settings at a glance, each with how it stands. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const locale = useLocale();
  const me = useMe();

  const stateOf = (name: SettingsPageName): string => {
    if (name === 'account' && me) return t('glance.account', { username: me.username, email: me.email ?? '' });
    if (name === 'security' && me) return t(me.totp_enabled ? 'glance.secured' : 'glance.passwordOnly');
    if (name === 'college' && me?.college_badge)
      return t(`college.${me.college_badge.kind}`, { college: me.college_badge.college });
    if (name === 'appearance') return t('glance.appearance', { language: localeNames[locale] });
    return t(`glance.${name}`);
  };

  return (
    <Page title={t('title')} width="reading">
      <ul className="divide-y divide-rule border-y border-rule">
        {settingsPages.map(({ to, name }) => (
          <li key={name}>
            <Link to={to} className="group flex min-h-16 items-center gap-4 py-3 hover:bg-well">
              <span className="min-w-0 flex-1">
                <span className="block font-display text-lg font-semibold group-hover:underline">
                  {t(`nav.${name}`)}
                </span>
                <span className="block text-soft">
                  <bdi>{stateOf(name)}</bdi>
                </span>
              </span>
              <OnMark />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
