import type { Profile } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';
import { RadioGroup } from '../../components/fields.tsx';
import { useCauseText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSwitchProfile } from './saving.ts';
import { SeeAs } from './see-as.tsx';
import { SettingsFrame } from './settings-frame.tsx';

const visibilities = ['public', 'members', 'college', 'private'] as const;

export function SettingsVisibilityPage() {
  return (
    <SettingsFrame page="visibility">
      {(profile) => (
        <>
          <WhoSees profile={profile} />
          <SeeAs />
        </>
      )}
    </SettingsFrame>
  );
}

function WhoSees({ profile }: { profile: Profile }) {
  const t = useTranslations('settingsProfile.visibility');
  const causeOf = useCauseText();
  const turn = useSwitchProfile((error) => showToast(t('failed', { why: causeOf(error) }), 'bad'));
  return (
    <RadioGroup
      legend={t('whoSees')}
      name="visibility"
      value={profile.visibility}
      onChange={(visibility) => turn.mutate({ visibility })}
      choices={visibilities.map((value) => ({
        value,
        label: t(`visible.${value}.label`),
        hint: t(`visible.${value}.hint`),
      }))}
    />
  );
}
