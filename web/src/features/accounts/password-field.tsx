import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/fields.tsx';

interface PasswordFieldProps {
  label: string;
  name: string;
  autoComplete: 'new-password' | 'current-password';
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string;
  minLength?: number;
  isRequired?: boolean;
}

/** A password that can be looked at: people type better what they see. */
export function PasswordField({
  label,
  name,
  autoComplete,
  value,
  onChange,
  error,
  hint,
  minLength,
  isRequired = true,
}: PasswordFieldProps) {
  const t = useTranslations('auth');
  const [isShown, setShown] = useState(false);
  return (
    <Field label={label} error={error} hint={hint}>
      {(wiring) => (
        <div className="relative">
          <input
            {...wiring}
            className="field pe-20"
            type={isShown ? 'text' : 'password'}
            name={name}
            autoComplete={autoComplete}
            required={isRequired}
            minLength={minLength}
            maxLength={200}
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            aria-pressed={isShown}
            aria-label={t('showPasswordOf', { field: label })}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-1.5 end-1.5 rounded px-2.5 text-sm font-semibold text-soft hover:bg-well hover:text-ink"
          >
            {isShown ? t('hide') : t('show')}
          </button>
        </div>
      )}
    </Field>
  );
}
