import { type RefObject, useEffect, useRef, useState } from 'react';
import { type FieldErrors, type FieldProblem, useErrorText, useFieldErrors, useFieldText } from './errors.ts';

export interface Form<V extends object> {
  values: V;
  /** Refused fields by JSON pointer. */
  errors: FieldErrors;
  ref: RefObject<HTMLFormElement | null>;
  /** Changes a field and takes back what was said against it. */
  set: <K extends keyof V & string>(name: K, value: V[K]) => void;
  replace: (values: V) => void;
  /** Replaces the values by what comes of them as they are by then. */
  change: (change: (previous: V) => V) => void;
  /** What is wrong with the field at a JSON pointer, `/roles/0/name`. */
  errorAt: (pointer: string) => string | undefined;
  /** What is wrong with the form as a whole. */
  formError: string | undefined;
  /** Shows a failed call: at its fields, or for the whole form when it names none. */
  fail: (error: unknown) => void;
  /** Shows errors that the form found itself. */
  reject: (errors: FieldErrors) => void;
  /**
   * Takes back what was said and looks at what the fields themselves ask for: `required`, `type`, `minLength`. The
   * browser would say it in its own language; the form has `noValidate`, and fields are named as their values are.
   */
  check: () => boolean;
  clear: () => void;
}

/** Where the values of a form are kept: a draft. */
interface Keeping<V> {
  value: V;
  set: (change: (previous: V) => V) => void;
}

/**
 * Values and errors of a form; after a refusal the focus goes to the first refused field.
 *
 * @param kept holds the values instead of the form itself, so that they survive it
 */
export function useForm<V extends object>(initial: V, kept?: Keeping<V>): Form<V> {
  const textOf = useErrorText();
  const fieldErrorsOf = useFieldErrors();
  const fieldText = useFieldText();
  const ref = useRef<HTMLFormElement>(null);
  const [own, setOwn] = useState(initial);
  const values = kept ? kept.value : own;
  const setValues: Keeping<V>['set'] = kept ? kept.set : setOwn;
  const [errors, setErrors] = useState<FieldErrors>({});
  const [formError, setFormError] = useState<string>();

  const [refusals, setRefusals] = useState(0);

  // Once for every refusal: a field that is being mended keeps the focus although others are still wrong.
  useEffect(() => {
    if (refusals > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  const refuse = (found: FieldErrors) => {
    setErrors(found);
    setRefusals((count) => count + 1);
  };

  const clear = () => {
    setErrors({});
    setFormError(undefined);
  };

  return {
    values,
    errors,
    ref,
    set: (name, value) => {
      setValues((previous) => ({ ...previous, [name]: value }));
      setErrors((previous) => {
        const pointer = `/${name}`;
        const kept = Object.entries(previous).filter(([path]) => path !== pointer && !path.startsWith(`${pointer}/`));
        return kept.length === Object.keys(previous).length ? previous : Object.fromEntries(kept);
      });
    },
    replace: (next) => setValues(() => next),
    change: setValues,
    errorAt: (pointer) => errors[pointer],
    formError,
    fail: (error) => {
      refuse(fieldErrorsOf(error));
      setFormError(textOf(error));
    },
    reject: (found) => {
      refuse(found);
      setFormError(undefined);
    },
    check: () => {
      const found = Object.fromEntries(
        nativeProblems(ref.current).map((problem) => [problem.path, fieldText(problem)]),
      );
      refuse(found);
      setFormError(undefined);
      return Object.keys(found).length === 0;
    },
    clear,
  };
}

function nativeProblems(form: HTMLFormElement | null): FieldProblem[] {
  const fields = [...(form?.elements ?? [])].filter(
    (element): element is HTMLInputElement => 'validity' in element && 'name' in element,
  );
  return fields.flatMap(({ name, type, minLength, value, validity }): FieldProblem[] => {
    const path = `/${name}`;
    if (!name || validity.valid) return [];
    if (validity.valueMissing) return [{ path, code: 'required' }];
    if (validity.typeMismatch) return [{ path, code: 'format', params: { format: type === 'url' ? 'uri' : type } }];
    if (minLength > [...value].length) return [{ path, code: 'too_short', params: { limit: minLength } }];
    return [{ path, code: validity.patternMismatch ? 'pattern' : 'does_not_fit' }];
  });
}
