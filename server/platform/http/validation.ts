/** Validation at the edge: every error at once, unknown fields refused, nothing that PostgreSQL could not store. */
import { Ajv, type ErrorObject } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { type FieldError, unprocessable } from './problems.ts';

// The package's CommonJS default export is the plugin itself at run time and a namespace to the compiler.
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => Ajv;

const options = { allErrors: true, removeAdditional: false, useDefaults: true, strict: false } as const;
const strict = addFormats(new Ajv({ ...options, coerceTypes: false }));
// Parameters and queries arrive as text.
const coercing = addFormats(new Ajv({ ...options, coerceTypes: 'array' }));

/** Bodies are taken as they are; parameters and queries are converted from text first. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const ajv = httpPart === 'body' ? strict : coercing;
  return ajv.compile(schema);
};

/** Enough for any form, and too few to make a small request into a large answer. */
const MAX_ERRORS = 50;

/** A field error without its place. */
type Reason = FieldError extends infer E ? (E extends FieldError ? Omit<E, 'path'> : never) : never;

/** Ajv's errors as field errors, one for each place and reason. */
export function fieldErrors(errors: readonly Partial<ErrorObject>[], part: string): FieldError[] {
  const prefix = part === 'body' ? '' : `/${part === 'querystring' ? 'query' : part}`;
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    const parameters = error.params as Record<string, unknown> | undefined;
    const field = parameters?.missingProperty ?? parameters?.additionalProperty;
    const path = `${prefix}${error.instancePath ?? ''}${field === undefined ? '' : `/${String(field)}`}` || '/';
    const reason = explain(error, parameters);
    // The branches of a union that did not fit say the same many times.
    if (reason) found.set(`${path} ${reason.message}`, { path, ...reason });
    if (found.size >= MAX_ERRORS) break;
  }
  const all = [...found.values()];
  return all.length > 0 ? all : [{ path: prefix || '/', ...doesNotFit }];
}

const doesNotFit: Reason = { code: 'does_not_fit', message: 'This value does not fit.' };

/** Why a value is refused; null where the other errors say it. */
function explain(error: Partial<ErrorObject>, parameters: Record<string, unknown> = {}): Reason | null {
  const limit = Number(parameters.limit);
  switch (error.keyword) {
    case 'required':
      return { code: 'required', message: 'This field is required.' };
    case 'additionalProperties':
      return { code: 'unknown_field', message: 'This field is not known here.' };
    case 'enum': {
      const values = (parameters.allowedValues as unknown[]).join(', ');
      return { code: 'not_one_of', message: `Use one of: ${values}.`, params: { values } };
    }
    case 'minLength': {
      const message = limit === 1 ? 'This must not be empty.' : `Use at least ${limit} characters.`;
      return { code: 'too_short', message, params: { limit } };
    }
    case 'maxLength':
      return { code: 'too_long', message: `Use at most ${limit} characters.`, params: { limit } };
    case 'minimum':
      return { code: 'minimum', message: `Use ${limit} or more.`, params: { limit } };
    case 'maximum':
      return { code: 'maximum', message: `Use ${limit} or less.`, params: { limit } };
    case 'minItems':
      return { code: 'too_few', message: `Give at least ${limit}.`, params: { limit } };
    case 'maxItems':
      return { code: 'too_many', message: `Give at most ${limit}.`, params: { limit } };
    case 'uniqueItems':
      return { code: 'repeated', message: 'Name each only once.' };
    case 'format': {
      const format = String(parameters.format);
      return { code: 'format', message: `This is not a valid ${format.replace('-', ' ')}.`, params: { format } };
    }
    case 'pattern':
      return { code: 'pattern', message: 'This is not in the expected form.' };
    case 'type': {
      const type = String(parameters.type);
      return type === 'null'
        ? null
        : { code: 'type', message: `This must be ${/^[aio]/.test(type) ? 'an' : 'a'} ${type}.`, params: { type } };
    }
    case 'anyOf':
    case 'oneOf':
      return null;
    default:
      return doesNotFit;
  }
}

/**
 * Refuses text that PostgreSQL cannot keep: NUL and lone surrogates, in any string or key. Iterative, since a body may
 * be nested as deeply as its size allows.
 */
export async function refuseUnstorableText(request: FastifyRequest): Promise<void> {
  const errors: FieldError[] = [];
  const pending: [string, unknown][] = [
    ['', request.body],
    ['/query', request.query],
    ['/params', request.params],
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, value] = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) errors.push(unstorableText(path));
    } else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) {
          errors.push({ path, code: 'unstorable_name', message: 'This has a field name that cannot be stored.' });
        } else pending.push([path.length > 500 ? path : `${path}/${key}`, inner]);
      }
    }
    if (errors.length >= 20) break;
  }
  if (errors.length > 0) throw unprocessable(errors);
}

export const unstorableText = (path: string): FieldError => ({
  path,
  code: 'unstorable_text',
  message: 'This text has characters that cannot be stored.',
});

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();
