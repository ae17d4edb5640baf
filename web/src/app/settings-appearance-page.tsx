import { useLocale, useTranslations } from 'use-intl';
import { RadioGroup } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { useChooseLocale } from '../features/accounts/use-choose-locale.ts';
import { localeNames, locales } from '../lib/locales.ts';
import { setTheme, themes, useTheme } from '../lib/theme.ts';

export function SettingsAppearancePage() {
  const t = useTranslations('settings.appearance');
  const theme = useTheme();
  const locale = useLocale();
  const chooseLocale = useChooseLocale();
  return (
    <Page title={t('title')} width="reading">
      <div className="flex max-w-xl flex-col gap-10">
        <div>
          <RadioGroup
            legend={t('language')}
            name="locale"
            value={locale}
            onChange={(chosen) => void chooseLocale(chosen)}
            choices={locales.map((value) => ({ value, label: localeNames[value], lang: value }))}
          />
          <p className="mt-2 text-sm text-faint">{t('languageHint')}</p>
        </div>
        <div>
          <RadioGroup
            legend={t('theme')}
            name="theme"
            value={theme}
            onChange={setTheme}
            choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          />
          <p className="mt-2 text-sm text-faint">{t('themeHint')}</p>
        </div>
      </div>
    </Page>
  );
}
