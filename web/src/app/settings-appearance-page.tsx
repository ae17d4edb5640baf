import { useTranslations } from 'use-intl';
import { RadioGroup } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { setTheme, themes, useTheme } from '../lib/theme.ts';

export function SettingsAppearancePage() {
  const t = useTranslations('settings.appearance');
  const theme = useTheme();
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <RadioGroup
        legend={t('theme')}
        name="theme"
        value={theme}
        onChange={setTheme}
        choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </Page>
  );
}
