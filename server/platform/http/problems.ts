/** Errors that reach a client: RFC 9457 problems with a detail that a person can act on. */
import { STATUS_CODES } from 'node:http';
import type { Problem } from '@collabthon/contracts/shapes';

export interface FieldError {
  /** JSON pointer into the body, or `/query/size`, `/params/id`. */
  path: string;
  message: string;
}

interface ProblemOptions {
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
}

export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  toBody(requestId?: string): Problem {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(requestId && { request_id: requestId }),
      ...(this.errors && { errors: this.errors }),
    };
  }
}

export const problem = (status: number, code: string, detail: string, options?: ProblemOptions) =>
  new ProblemError(status, code, detail, options);

/** 404 for what is not there and for what this person may not know to be there. */
export const notFound = (what = 'This') => problem(404, 'not_found', `${what} does not exist, or you may not see it.`);

export const forbidden = (detail: string, code = 'forbidden') => problem(403, code, detail);

export const conflict = (code: string, detail: string) => problem(409, code, detail);

export const unauthorized = (code: string, detail: string) =>
  problem(401, code, detail, { headers: { 'www-authenticate': 'Bearer' } });

export const unprocessable = (errors: FieldError[]) =>
  problem(422, 'invalid_request', [...new Set(errors.slice(0, 5).map((error) => error.message))].join(' '), { errors });
