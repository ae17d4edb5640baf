/** Building blocks that every contract shares: closed objects, ids, times, pages, problems. */
import { type Static, type TEnum, type TProperties, type TSchema, Type } from 'typebox';
import { type FieldErrorCode, fieldErrorCodes, type ProblemCode, problemCodes } from './problems.ts';

/** An object that refuses fields it does not name. Every request and response body is one. */
export const Shape = <P extends TProperties>(properties: P, options: { description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** A closed set of words, as a JSON-schema enum of strings. */
export const OneOf = <V extends string[]>(...values: V): TEnum<V> => Type.Enum<V>(values as [...V]);

/** Database ids stay below 2^53, so that every JSON parser keeps them exact. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const IdParams = Shape({ id: Id });

/** UTC, RFC 3339. */
export const Instant = Type.String({ format: 'date-time' });
/** A calendar day, `2026-11-23`. */
export const Day = Type.String({ format: 'date' });
/** A link that may be rendered: http and https only, never `javascript:`. */
export const WebLink = Type.String({ format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://', maxLength: 500 });
/** ISO 4217. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$' });

/** Languages that the product speaks. */
export const locales = ['en', 'es', 'hi', 'ar'] as const;
export const Locale = OneOf(...locales);
export type Locale = Static<typeof Locale>;

export const text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength });

/** Comma-separated words in a query string, `?skills=go,rust`. */
export const WordList = Type.String({ maxLength: 500 });

/**
 * How a list is asked for. `cursor` continues after a `next_cursor`; `page`/`size` and `skip`/`limit` are the
 * predecessor's ways and serve the first 10,000 rows.
 */
export const Paging = {
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};

/** `total` is exact up to 10,000 and capped there. */
export const Page = <S extends TSchema>(item: S) =>
  Shape({
    items: Type.Array(item),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    pages: Type.Integer(),
    next_cursor: Nullable(Type.String()),
  });

export const SkillCount = Shape({ skill: Type.String(), count: Type.Integer() });

export const Visibility = OneOf('public', 'members', 'college', 'private');
export type Visibility = Static<typeof Visibility>;

/** What a list shows of a person. Never an address. */
export const PersonCard = Shape({
  user_id: Id,
  username: Type.String(),
  name: Type.String(),
  college: Nullable(Type.String()),
  is_verified_student: Type.Boolean(),
  avatar_url: Nullable(Type.String()),
  is_former: Type.Optional(
    Type.Literal(true, {
      description:
        'The account was closed and nothing of the person is left, no page either. Say so in the language of the reader: ' +
        '`name` says it in English, for clients that do not know this field.',
    }),
  ),
});
export type PersonCard = Static<typeof PersonCard>;

const ProblemParams = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: 'What the sentence of the code varies by.',
});

/** RFC 9457 problem details; every error answer of the API has this shape. */
export const Problem = Shape({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What happened and what to do about it, for a person.' }),
  code: Type.Enum(Object.keys(problemCodes) as [ProblemCode], { description: 'The same for a program; stable.' }),
  params: Type.Optional(ProblemParams),
  request_id: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Shape({
        path: Type.String({ description: 'JSON pointer into the body, or `/query/size`, `/params/id`.' }),
        message: Type.String(),
        code: Type.Enum(Object.keys(fieldErrorCodes) as [FieldErrorCode]),
        params: Type.Optional(ProblemParams),
      }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;
