/** Errors that reach a client: RFC 9457 problems with a detail that a person can act on, and a code to translate it by. */
import { STATUS_CODES } from 'node:http';
import type {
  FieldErrorCode,
  FieldErrorParam,
  ParamValue,
  ProblemCode,
  ProblemParam,
  Thing,
} from '@collabthon/contracts/problems';
import type { Problem } from '@collabthon/contracts/shapes';

/** A code whose sentence varies comes with what it varies by. */
type WithParams<Name extends string> = [Name] extends [never]
  ? { params?: never }
  : { params: Readonly<Record<Name, ParamValue>> };

export type FieldError = {
  /** JSON pointer into the body, or `/query/size`, `/params/id`. */
  path: string;
  message: string;
} & { [C in FieldErrorCode]: { code: C } & WithParams<FieldErrorParam<C>> }[FieldErrorCode];

type Params = Readonly<Record<string, ParamValue>>;

interface ProblemOptions {
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
  params?: Params | undefined;
}

export class ProblemError extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly params: Params | undefined;
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(status: number, code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.params = options.params;
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
      ...(this.params && { params: this.params }),
      ...(requestId && { request_id: requestId }),
      ...(this.errors && { errors: this.errors }),
    };
  }
}

type OptionsOf<C extends ProblemCode> = ProblemOptions & WithParams<ProblemParam<C>>;
/** Nothing has to be given for a code without parameters. */
type LastOptions<C extends ProblemCode> = [ProblemParam<C>] extends [never]
  ? [options?: OptionsOf<C>]
  : [options: OptionsOf<C>];
type LastParams<C extends ProblemCode> = [ProblemParam<C>] extends [never]
  ? []
  : [params: Readonly<Record<ProblemParam<C>, ParamValue>>];

export const problem = <C extends ProblemCode>(status: number, code: C, detail: string, ...[options]: LastOptions<C>) =>
  new ProblemError(status, code, detail, options);

/** 404 for what is not there and for what this person may not know to be there. */
export const notFound = (what: Thing) =>
  problem(404, 'not_found', `${names[what]} does not exist, or you may not see it.`, { params: { what } });

const names: Record<Thing, string> = {
  account: 'This account',
  conversation: 'This conversation',
  dead_letter: 'This job, among those that were given up,',
  domain: 'This domain',
  draft: 'This draft',
  member: 'This member of the team',
  notification: 'This notification',
  message: 'This message',
  profile: 'This profile',
  project: 'This project',
  provider: 'This provider',
  report: 'This report',
  request: 'This request',
  saga: 'This saga',
  session: 'This session',
  skill: 'This skill',
  url: 'This address',
};

export const forbidden = <C extends ProblemCode>(code: C, detail: string, ...[params]: LastParams<C>) =>
  new ProblemError(403, code, detail, { params });

export const conflict = <C extends ProblemCode>(code: C, detail: string, ...[params]: LastParams<C>) =>
  new ProblemError(409, code, detail, { params });

export const unauthorized = <C extends ProblemCode>(code: C, detail: string, ...[params]: LastParams<C>) =>
  new ProblemError(401, code, detail, { params, headers: { 'www-authenticate': 'Bearer' } });

export const unprocessable = (errors: FieldError[]) =>
  problem(422, 'invalid_request', [...new Set(errors.slice(0, 5).map((error) => error.message))].join(' '), { errors });
