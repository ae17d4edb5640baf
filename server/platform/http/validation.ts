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

/** Ajv's errors as field errors, one for each place and reason. */
export function fieldErrors(errors: readonly Partial<ErrorObject>[], part: string): FieldError[] {
  const prefix = part === 'body' ? '' : `/${part === 'querystring' ? 'query' : part}`;
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    const parameters = error.params as Record<string, unknown> | undefined;
    const field = parameters?.missingProperty ?? parameters?.additionalProperty;
    const path = `${prefix}${error.instancePath ?? ''}${field === undefined ? '' : `/${String(field)}`}` || '/';
    const message = explain(error, parameters);
    // The branches of a union that did not fit say the same many times.
    if (message) found.set(`${path} ${message}`, { path, message });
    if (found.size >= MAX_ERRORS) break;
  }
  const all = [...found.values()];
  return all.length > 0 ? all : [{ path: prefix || '/', message: 'This value does not fit.' }];
}

function explain(error: Partial<ErrorObject>, parameters: Record<string, unknown> = {}): string | null {
  switch (error.keyword) {
    case 'required':
      return 'This field is required.';
    case 'additionalProperties':
      return 'This field is not known here.';
    case 'enum':
      return `Use one of: ${(parameters.allowedValues as unknown[]).join(', ')}.`;
    case 'minLength':
      return parameters.limit === 1 ? 'This must not be empty.' : `Use at least ${parameters.limit} characters.`;
    case 'maxLength':
      return `Use at most ${parameters.limit} characters.`;
    case 'minimum':
      return `Use ${parameters.limit} or more.`;
    case 'maximum':
      return `Use ${parameters.limit} or less.`;
    case 'minItems':
      return `Give at least ${parameters.limit}.`;
    case 'maxItems':
      return `Give at most ${parameters.limit}.`;
    case 'format':
      return `This is not a valid ${String(parameters.format).replace('-', ' ')}.`;
    case 'pattern':
      return 'This is not in the expected form.';
    case 'type':
      return parameters.type === 'null' ? null : `This must be a ${String(parameters.type)}.`;
    case 'anyOf':
    case 'oneOf':
      return null;
    default:
      return error.message ? `This ${error.message}.` : 'This value does not fit.';
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
      if (!isStorable(value)) errors.push({ path, message: 'This text has characters that cannot be stored.' });
    } else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) errors.push({ path, message: 'This has a field name that cannot be stored.' });
        else pending.push([path.length > 500 ? path : `${path}/${key}`, inner]);
      }
    }
    if (errors.length >= 20) break;
  }
  if (errors.length > 0) throw unprocessable(errors);
}

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();
