/** Failures of calls, and the sentences that tell them to the reader. The server's own English is never shown. */
import type { FieldErrorCode, ProblemCode } from '@collabthon/contracts/problems';
import { useFormatter, useLocale, useTranslations } from 'use-intl';

type Params = Readonly<Record<string, string | number>>;

export interface FieldProblem {
  /** JSON pointer into what was sent, `/roles/0/name`. */
  path: string;
  code: FieldErrorCode;
  params?: Params | undefined;
}

interface ApiErrorFields {
  /** HTTP status, 0 when no answer came. */
  status: number;
  /** `network` when no answer came, `unreadable` when it was not one of the API's. */
  code: ProblemCode | 'network' | 'unreadable';
  /** What the sentence of the code varies by. */
  params: Params;
  /** What was refused, and why. */
  errors: readonly FieldProblem[];
  /** The number to quote when asking for help. */
  requestId: string | null;
  /** Seconds after which another try may succeed. */
  retryAfter: number | null;
}

/** Every failure of a call, as the interface shows it. */
export class ApiError extends Error implements ApiErrorFields {
  readonly status: number;
  readonly code: ApiErrorFields['code'];
  readonly params: Params;
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | null;
  readonly retryAfter: number | null;

  constructor(fields: ApiErrorFields) {
    super(fields.code);
    this.name = 'ApiError';
    this.status = fields.status;
    this.code = fields.code;
    this.params = fields.params;
    this.errors = fields.errors;
    this.requestId = fields.requestId;
    this.retryAfter = fields.retryAfter;
  }
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;

/** Refused fields by JSON pointer; the first reason of a field wins. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Sentences for the fields that a failed call names. */
export function useFieldErrors(): (error: unknown) => FieldErrors {
  const sentenceOf = useFieldText();
  return (error) => {
    if (!(error instanceof ApiError)) return {};
    const byPath: Record<string, string> = {};
    for (const field of error.errors) byPath[field.path] ??= sentenceOf(field);
    return byPath;
  };
}

/** A sentence for any failure: what happened, and what to do about it. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  const tAny = useTranslations();
  const readable = useReadableParams();
  const fieldText = useFieldText();

  const general = (kind: 'server' | 'unexpected', id: string | null): string =>
    id ? t(`${kind}Reference`, { id }) : t(kind);

  return (error) => {
    if (!(error instanceof ApiError)) return general('unexpected', null);
    const { code, status, params, retryAfter, requestId } = error;
    if (code === 'network') return t('network');
    if (error.errors.length > 0) return [...new Set(error.errors.slice(0, 5).map(fieldText))].join(' ');
    const isKnown = code !== 'unreadable' && code !== 'internal_error' && tAny.has(`refusals.problem.${code}`);
    if (isKnown) return tAny(`refusals.problem.${code}`, readable(params));
    if (status === 429 && retryAfter) return t('tooMany', { wait: String(readable({ seconds: retryAfter }).seconds) });
    return general(status >= 500 ? 'server' : 'unexpected', requestId);
  };
}

/** Why it failed, for a notice that says what did. That nothing answers is said by the banner, once for all. */
export function useCauseText(): (error: unknown) => string {
  const textOf = useErrorText();
  return (error) => (isStatus(error, 0) ? '' : textOf(error));
}

/** A sentence for what is wrong with one field. */
export function useFieldText(): (field: FieldProblem) => string {
  const t = useTranslations();
  const readable = useReadableParams();
  // A server that is newer than this page may know more reasons.
  return ({ code, params = {} }) =>
    t.has(`refusals.field.${code}`) ? t(`refusals.field.${code}`, readable(params)) : t('refusals.field.does_not_fit');
}

/** Days and lengths of time as the reader writes them; everything else stays as it is. */
function useReadableParams(): (params: Params) => Params {
  const format = useFormatter();
  const locale = useLocale();

  const duration = (seconds: number): string => {
    const [value, unit] =
      seconds < 100 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
    const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
    return new Intl.NumberFormat(locale, style).format(Math.ceil(value as number));
  };

  return (params) => {
    const { seconds, until } = params;
    return {
      ...params,
      ...(typeof seconds === 'number' && { seconds: duration(seconds) }),
      ...(typeof until === 'string' && {
        until: format.dateTime(new Date(until), { dateStyle: 'long', timeZone: 'UTC' }),
      }),
    };
  };
}
