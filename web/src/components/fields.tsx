/** Form fields. Each has a visible label, an optional hint, and says its own error to a screen reader. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { useTranslations } from 'use-intl';

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Says "optional" beside the label; a field without it is needed. */
  isOptional?: boolean;
  isLabelHidden?: boolean;
}

interface Wiring {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

export function Field({
  label,
  hint,
  error,
  isOptional,
  isLabelHidden,
  className = '',
  children,
}: FieldProps & { className?: string; children: (wiring: Wiring) => ReactNode }) {
  const t = useTranslations('fields');
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <div className={isLabelHidden ? 'sr-only' : 'flex items-baseline gap-2'}>
        <label htmlFor={id} className="text-sm font-semibold">
          {label}
        </label>
        {isOptional ? <span className="text-sm text-faint">{t('optional')}</span> : null}
      </div>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': described || undefined })}
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-faint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

type Own = FieldProps & { className?: string };
type Without<P> = Omit<P, keyof Own | 'id'>;

export function TextField({
  label,
  hint,
  error,
  isOptional = false,
  isLabelHidden = false,
  className = '',
  ...input
}: Own & Without<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Field {...{ label, hint, error, isOptional, isLabelHidden, className }}>
      {(wiring) => <input className="field" {...input} {...wiring} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  isOptional = false,
  isLabelHidden = false,
  className = '',
  ...area
}: Own & Without<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { value, maxLength } = area;
  return (
    <Field {...{ label, hint, error, isOptional, isLabelHidden, className }}>
      {(wiring) => (
        <>
          <textarea className="field field-sizing-content min-h-28 max-h-[28rem]" {...area} {...wiring} />
          {typeof value === 'string' && maxLength ? <RoomLeft left={maxLength - value.length} of={maxLength} /> : null}
        </>
      )}
    </Field>
  );
}

/** Counts down when a text comes near its limit; aloud only in steps, so that it does not talk into the typing. */
function RoomLeft({ left, of }: { left: number; of: number }) {
  const t = useTranslations('fields');
  const isNear = left <= Math.min(200, of / 10);
  return (
    <>
      {isNear ? (
        <p aria-hidden="true" className="self-end text-sm font-medium text-soft tabular-nums">
          {t('charactersLeft', { count: left })}
        </p>
      ) : null}
      <p role="status" className="sr-only">
        {isNear ? t('charactersLeft', { count: Math.floor(left / 20) * 20 }) : null}
      </p>
    </>
  );
}

export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** The browser's own select: it opens the phone's picker and speaks every assistive language. */
export function SelectField({
  label,
  hint,
  error,
  isOptional = false,
  isLabelHidden = false,
  className = '',
  choices,
  ...select
}: Own & Without<SelectHTMLAttributes<HTMLSelectElement>> & { choices: readonly Choice[] }) {
  return (
    <Field {...{ label, hint, error, isOptional, isLabelHidden, className }}>
      {(wiring) => (
        <select className="field" {...select} {...wiring}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckboxField({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & Without<InputHTMLAttributes<HTMLInputElement>>) {
  const id = useId();
  return (
    <div className="flex items-start gap-3 py-1">
      <input
        id={id}
        type="checkbox"
        className="size-6 shrink-0"
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-sm text-faint">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** A few exclusive choices that are better seen than opened. */
export function RadioGroup<V extends string>({
  legend,
  name,
  value,
  choices,
  onChange,
}: {
  legend: string;
  name: string;
  /** None while nothing is chosen. */
  value: V | undefined;
  /** `lang` when a label is in a language of its own. */
  choices: readonly (Choice<V> & { hint?: string; lang?: string })[];
  onChange: (value: V) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{legend}</legend>
      <div className="flex flex-col border-y border-rule divide-y divide-rule">
        {choices.map((choice) => (
          <label key={choice.value} className="flex items-start gap-3 py-3">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              className="mt-0.5 size-5 shrink-0"
              onChange={() => onChange(choice.value)}
            />
            <span>
              <span className="font-medium" lang={choice.lang}>
                {choice.label}
              </span>
              {choice.hint ? <span className="block text-sm text-faint">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The failure of a whole form, announced at once. */
export function FormError({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p role="alert" className="rounded-control border-s-4 border-danger bg-danger-wash px-4 py-3 font-medium text-ink">
      {children}
    </p>
  );
}
