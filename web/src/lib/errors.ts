import { useTranslations } from 'use-intl';

interface ApiErrorFields {
  /** HTTP status, 0 when no answer came. */
  status: number;
  /** Stable word for a program, `network` when no answer came. */
  code: string;
  /** The server's sentence for a person. */
  detail: string;
  /** Fields that were refused; `path` is a JSON pointer, `/roles/0/name`. */
  errors: { path: string; message: string }[];
  /** The number to quote when asking for help. */
  requestId: string | null;
  /** Seconds after which another try may succeed. */
  retryAfter: number | null;
}

/** Every failure of a call, as the interface shows it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: { path: string; message: string }[];
  readonly requestId: string | null;
  readonly retryAfter: number | null;

  constructor(fields: ApiErrorFields) {
    super(fields.detail || fields.code);
    this.name = 'ApiError';
    this.status = fields.status;
    this.code = fields.code;
    this.detail = fields.detail;
    this.errors = fields.errors;
    this.requestId = fields.requestId;
    this.retryAfter = fields.retryAfter;
  }
}

/** Refused fields by JSON pointer; the first message of a field wins. */
export type FieldErrors = Readonly<Record<string, string>>;

export function fieldErrorsOf(error: unknown): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  const byPath: Record<string, string> = {};
  for (const { path, message } of error.errors) byPath[path] ??= message;
  return byPath;
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;

/** A sentence for any failure: ours where the cause is plain, else the server's own. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  return (error) => {
    if (!(error instanceof ApiError)) return t('unexpected');
    if (error.code === 'network') return t('network');
    if (error.status === 429 && error.retryAfter) return t('tooMany', { seconds: error.retryAfter });
    if (error.detail) return error.detail;
    return t(error.status >= 500 ? 'server' : 'unexpected');
  };
}
