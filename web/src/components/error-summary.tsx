import { type RefObject, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';

interface Found {
  id: string;
  label: string;
}

/** What a refused form still needs, as links to its fields, in the order in which they stand. */
export function ErrorSummary({
  form,
  errors,
  children,
}: {
  form: RefObject<HTMLFormElement | null>;
  errors: object;
  /** What is wrong with the form as a whole. */
  children?: string | undefined;
}) {
  const t = useTranslations('fields');
  const [fields, setFields] = useState<Found[]>([]);

  // The fields themselves know their labels, whichever component drew them.
  useEffect(() => {
    const isRefused = Object.keys(errors).length > 0;
    const invalid = isRefused ? (form.current?.querySelectorAll<HTMLInputElement>('[aria-invalid="true"]') ?? []) : [];
    setFields([...invalid].map(({ id, labels }) => ({ id, label: labels?.[0]?.textContent ?? '' })));
  }, [errors, form]);

  if (fields.length === 0 && !children) return null;
  return (
    <div
      role="alert"
      className="mb-3 max-h-40 overflow-auto rounded-control border-s-4 border-danger bg-danger-wash px-4 py-3"
    >
      <p className="font-semibold">{fields.length > 0 ? t('needsChange', { count: fields.length }) : children}</p>
      {fields.length > 0 ? (
        <ul className="mt-1 flex flex-wrap gap-x-5">
          {fields.map((field) => (
            <li key={field.id}>
              <a
                href={`#${field.id}`}
                className="link inline-block py-1"
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(field.id)?.focus();
                }}
              >
                {field.label}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
