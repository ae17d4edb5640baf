import { fieldErrorCodes, problemCodes, things } from '@collabthon/contracts/problems';
import compileMessage from 'icu-minify/compile';
import { renderToString } from 'react-dom/server';
import { IntlProvider } from 'use-intl';
import { expect, it } from 'vitest';
import { messages as pages } from '../messages/en/pages.ts';
import messages from '../messages/en/refusals.json' with { type: 'json' };
import { messages as shell } from '../messages/en/shell.ts';
import { ApiError, useErrorText } from './errors.ts';

it.each([
  ['problem', problemCodes, messages.problem],
  ['field', fieldErrorCodes, messages.field],
])('says every %s of the API in a sentence, and no other', (_, codes, sentences) => {
  expect(Object.keys(sentences).sort()).toEqual(Object.keys(codes).sort());
});

it.each([...sentencesOf(problemCodes, messages.problem), ...sentencesOf(fieldErrorCodes, messages.field)])(
  'says %s with what the API tells of it',
  (_, sentence, params) => {
    expect(params).toEqual(expect.arrayContaining(argumentsOf(compileMessage(sentence))));
  },
);

it('names everything that may not be found', () => {
  for (const thing of things.filter((name) => name !== 'url'))
    expect(messages.problem.not_found).toContain(`${thing} {`);
});

it('says days and waiting times as the reader writes them', () => {
  expect(textOf({ code: 'declined_recently', params: { until: '2026-12-03' } })).toContain('December 3, 2026');
  expect(textOf({ code: 'too_many_attempts', params: { seconds: 840 } })).toContain('14 minutes');
});

it('says a code that it does not know in general, with the reference', () => {
  expect(textOf({ code: 'of_tomorrow', status: 409, requestId: 'r-17' })).toMatch(/went wrong.*r-17/);
  expect(textOf({ code: 'of_tomorrow', status: 503, requestId: 'r-17' })).toMatch(/our side.*r-17/);
  expect(textOf({ code: 'invalid_request', errors: [{ path: '/x', code: 'of_tomorrow' }] })).toBe(
    messages.field.does_not_fit,
  );
});

/** The sentence that a page shows for an answer of the API. */
function textOf(answer: object): string {
  const fields = {
    code: 'invalid_request',
    status: 422,
    params: {},
    errors: [],
    requestId: null,
    retryAfter: null,
    ...answer,
  };
  const Sentence = () => useErrorText()(new ApiError(fields as ConstructorParameters<typeof ApiError>[0]));
  return renderToString(
    <IntlProvider locale="en" timeZone="UTC" messages={{ ...shell, ...pages }}>
      <Sentence />
    </IntlProvider>,
  );
}

function sentencesOf(codes: Record<string, readonly string[]>, sentences: Record<string, string>) {
  return Object.entries(codes).map(([code, params]) => [code, sentences[code] ?? '', params] as const);
}

/** Names of the arguments of a compiled message: `[name, kind, options]` at any depth. */
function argumentsOf(message: unknown): string[] {
  if (!Array.isArray(message)) return [];
  return message.flatMap((node: unknown) => {
    if (!Array.isArray(node)) return [];
    const [name, , options] = node as [string, unknown, unknown];
    const branches = typeof options === 'object' && options !== null ? Object.values(options) : [];
    return [name, ...branches.flatMap((branch) => argumentsOf(branch))];
  });
}
