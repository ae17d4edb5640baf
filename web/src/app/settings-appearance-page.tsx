import { useLocale, useTranslations } from 'use-intl';
import { CheckboxField, RadioGroup } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { useChooseLocale } from '../features/accounts/use-choose-locale.ts';
import { localeNames, locales } from '../lib/locales.ts';
import { useSingleKeys } from '../lib/shortcuts.ts';
import { setTheme, themes, useTheme } from '../lib/theme.ts';

export function SettingsAppearancePage() {
  const t = useTranslations('settings.appearance');
  const tKeys = useTranslations('shortcuts');
  const [hasSingleKeys, setSingleKeys] = useSingleKeys();
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
        <fieldset>
          <legend className="mb-2 text-sm font-semibold">{tKeys('title')}</legend>
          <CheckboxField
            label={tKeys('singleKeys')}
            hint={tKeys('singleKeysHint', { mod: tKeys('mod') })}
            checked={hasSingleKeys}
            onChange={(event) => setSingleKeys(event.target.checked)}
          />
        </fieldset>
      </div>
    </Page>
  );
}
