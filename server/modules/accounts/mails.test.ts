/** The catalogues say the same in every language, and every mail can be written in each. */
import { type Locale, locales } from '@collabthon/contracts/shapes';
import { describe, expect, it } from 'vitest';
import { catalogues, createMails } from './mails.ts';

const others = locales.filter((locale) => locale !== 'en');

/** Every message by its path, `badgeCode.note`. */
const flatten = (messages: object, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );

/** What a message is filled with: `{code}`, `{hours, plural, …}`. */
const placeholders = (message = '') =>
  [...new Set([...message.matchAll(/\{(\w+)(?=[},])/g)].map(([, name]) => name))].sort();

/** The cases of each plural that shows its number. */
const plurals = (message: string) =>
  [...message.matchAll(/\{\w+, plural, ((?:\w+ \{[^{}]*\} ?)+)\}/g)]
    .map(([, cases = '']) => cases)
    .filter((cases) => cases.includes('#'))
    .map((cases) => [...cases.matchAll(/(\w+) \{/g)].map(([, name = '']) => name));

describe.each(others)('the catalogue %s', (locale) => {
  const english = new Map(flatten(catalogues.en));
  const translated = new Map(flatten(catalogues[locale]));

  it('has the messages of the English one, no more and no less', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('leaves nothing in English', () => {
    const same = [...translated].filter(([key, message]) => message === english.get(key)).map(([key]) => key);
    expect(same.filter((key) => key !== 'account')).toEqual([]);
  });
  it.each([...english.keys()])('fills %s with the same', (key) => {
    expect(placeholders(translated.get(key))).toEqual(placeholders(english.get(key)));
  });
});

it.each(locales)('%s has a case for every number that it counts', (locale) => {
  const rules = new Intl.PluralRules(locale);
  const needed = new Set(Array.from({ length: 100 }, (_, n) => rules.select(n + 1)));
  const found = flatten(catalogues[locale]).flatMap(([, message]) => plurals(message));
  expect(found.length).toBeGreaterThan(0);
  for (const cases of found) expect(cases).toEqual(expect.arrayContaining([...needed]));
});

const written = (locale: Locale) => {
  const mails = createMails('https://collabthon.example', locale);
  return {
    confirmAddress: mails.confirmAddress('ada', 'T-1'),
    alreadyRegistered: mails.alreadyRegistered(),
    welcome: mails.welcome('ada'),
    resetPassword: mails.resetPassword([{ username: 'ada', token: 'T-1' }]),
    resetPasswordOfSeveral: mails.resetPassword([
      { username: 'ada', token: 'T-1' },
      { username: 'bob', token: 'T-2' },
    ]),
    passwordChanged: mails.passwordChanged('ada'),
    addressChangeAsked: mails.addressChangeAsked('ada'),
    addressChanged: mails.addressChanged('ada'),
    badgeCode: mails.badgeCode('012345'),
  };
};

describe.each(locales)('mails in %s', (locale) => {
  const links = (text: string) => text.match(/https:\S+/g) ?? [];

  it.each(Object.entries(written(locale)))('%s is complete, with the links of the English one', (mail, words) => {
    expect(words.locale).toBe(locale);
    expect(words.subject).not.toBe('');
    expect(`${words.subject}${words.text}`).not.toMatch(/[{}#]|undefined/);
    expect(links(words.text)).toEqual(links(written('en')[mail as keyof ReturnType<typeof written>].text));
  });
});

it('English reads as it should', () => {
  const { confirmAddress, resetPasswordOfSeveral, badgeCode } = written('en');
  expect(confirmAddress.text).toBe(`Hello ada,

Please confirm that this address is yours:
https://collabthon.example/verify-email?token=T-1

The link works once, for 24 hours. If you did not ask for it, ignore this mail.

Collabthon`);
  expect(resetPasswordOfSeveral.text).toContain(`

ada:
https://collabthon.example/reset-password?token=T-1

bob:
https://collabthon.example/reset-password?token=T-2

Each link works once, for an hour.`);
  expect(badgeCode).toMatchObject({ subject: 'Your code is 012345', text: expect.stringContaining('10 minutes') });
});
