import { useTranslations } from 'use-intl';
import { Combobox } from '../../components/combobox.tsx';
import { Field } from '../../components/fields.tsx';
import { meantName, namesLike } from './names-like.ts';

interface KnownNameFieldProps {
  label: string;
  name: string;
  /** What others have written. */
  known: readonly string[];
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** A name of one's own, or one that others have written already, so that the same is written alike. */
export function KnownNameField({ label, name, known, value, onChange, error }: KnownNameFieldProps) {
  const t = useTranslations('person.fields');
  const meant = meantName(known, value);
  // The line is there from the start: what stands below stays where it is.
  const hint = meant
    ? t.rich('didYouMean', {
        name: () => (
          <button type="button" className="link" onClick={() => onChange(meant)}>
            <bdi>{meant}</bdi>
          </button>
        ),
      })
    : t('knownHint');
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <Combobox
          value={value}
          onInput={onChange}
          items={namesLike(known, value)}
          keyOf={(item) => item}
          render={(item) => <bdi>{item}</bdi>}
          onPick={onChange}
          listLabel={t('suggestions')}
          input={{ ...wiring, name, required: true, maxLength: 120, autoCapitalize: 'words' }}
        />
      )}
    </Field>
  );
}
