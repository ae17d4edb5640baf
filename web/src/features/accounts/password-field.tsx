import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/fields.tsx';

interface PasswordFieldProps {
  label: string;
  name: string;
  /** A new one is measured while it is typed. */
  autoComplete: 'new-password' | 'current-password';
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string;
  /** Where a dialog begins. */
  autoFocus?: boolean;
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
  autoFocus,
}: PasswordFieldProps) {
  const t = useTranslations('auth');
  const [isShown, setShown] = useState(false);
  const isNew = autoComplete === 'new-password';
  return (
    <Field label={label} error={error} hint={isNew ? <Length value={value} hint={hint ?? t('passwordHint')} /> : hint}>
      {(wiring) => (
        <div className="relative">
          <input
            {...wiring}
            className="field pe-20"
            type={isShown ? 'text' : 'password'}
            name={name}
            autoComplete={autoComplete}
            required
            // biome-ignore lint/a11y/noAutofocus: only a dialog that asks for nothing else does it
            autoFocus={autoFocus}
            minLength={isNew ? SHORTEST : undefined}
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
            className="noscript:hidden absolute inset-y-1.5 end-1.5 rounded px-2.5 text-sm font-semibold text-soft hover:bg-well hover:text-ink"
          >
            {isShown ? t('hide') : t('show')}
          </button>
        </div>
      )}
    </Field>
  );
}

const SHORTEST = 8;
const steps = [SHORTEST, 12, 16] as const;
const levels = ['short', 'enough', 'good', 'best'] as const;

/** Length is what makes a password strong, so that is what is measured; the server refuses those that many people use. */
function Length({ value, hint }: { value: string; hint: string }) {
  const t = useTranslations('auth.length');
  const length = [...value].length;
  const level = steps.filter((step) => length >= step).length;
  const name = levels[level] ?? 'best';
  return (
    <>
      <span aria-hidden="true" className="mb-1 flex gap-1">
        {steps.map((step, place) => (
          <span key={step} className={`h-1 flex-1 rounded-full border ${barOf(place, level)}`} />
        ))}
      </span>
      {length === 0 ? hint : t(name, { missing: SHORTEST - length })}
      <span role="status" className="sr-only">
        {level > 0 ? t(name, { missing: 0 }) : ''}
      </span>
    </>
  );
}

function barOf(place: number, level: number): string {
  if (place >= level) return 'border-edge';
  return level === 1 ? 'border-ink bg-ink' : 'border-fit bg-fit';
}
