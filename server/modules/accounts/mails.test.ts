/** Every mail can be written in every language; that the catalogues say the same is a check of its own. */
import { type Locale, locales } from '@collabthon/contracts/shapes';
import { describe, expect, it } from 'vitest';
import { createMails } from './mails.ts';

const written = (locale: Locale) => {
  const mails = createMails('https://collabthon.example', locale);
  return {
    confirmAddress: mails.confirmAddress('ada', 'T-1'),
    alreadyRegistered: mails.alreadyRegistered(),
    resetPassword: mails.resetPassword([{ username: 'ada', token: 'T-1' }]),
    resetPasswordOfSeveral: mails.resetPassword([
      { username: 'ada', token: 'T-1' },
      { username: 'bob', token: 'T-2' },
    ]),
    passwordChanged: mails.passwordChanged('ada'),
    addressChangeAsked: mails.addressChangeAsked('ada'),
    addressChanged: mails.addressChanged('ada'),
    closing: mails.closing('ada', '2026-11-27T10:00:00Z'),
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
