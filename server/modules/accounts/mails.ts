/** The words of every mail that this module sends. Links lead to the configured public address and nowhere else. */
import type { MailMessage } from '../../platform/mail/mail.ts';

type Words = Omit<MailMessage, 'to'>;

const sign = (lines: string[]) => [...lines, '', 'Collabthon'].join('\n');

export interface Mails {
  confirmAddress(username: string, token: string): Words;
  alreadyRegistered(): Words;
  welcome(username: string): Words;
  /** One link for each account that the address stands for. */
  resetPassword(links: readonly { username: string; token: string }[]): Words;
  passwordChanged(username: string): Words;
  addressChangeAsked(username: string): Words;
  addressChanged(username: string): Words;
  badgeCode(code: string): Words;
}

export function createMails(publicUrl: string): Mails {
  return {
    confirmAddress: (username, token) => ({
      subject: 'Confirm your address',
      text: sign([
        `Hello ${username},`,
        '',
        'please confirm that this address is yours:',
        `${publicUrl}/verify-email?token=${token}`,
        '',
        'The link works once, for 24 hours. If you did not ask for it, ignore this mail.',
      ]),
    }),

    alreadyRegistered: () => ({
      subject: 'You have an account already',
      text: sign([
        'Hello,',
        '',
        'somebody, probably you, has just opened a new account with this address. It belongs to an account already:',
        `${publicUrl}/sign-in`,
        '',
        'If you forgot the password, choose a new one there. If it was not you, there is nothing to do.',
      ]),
    }),

    welcome: (username) => ({
      subject: 'Welcome to Collabthon',
      text: sign([
        `Hello ${username},`,
        '',
        'your account is ready. Show what you can do, and find the people to do it with:',
        `${publicUrl}/`,
      ]),
    }),

    resetPassword: (links) => ({
      subject: 'Choose a new password',
      text: sign([
        links.length === 1 ? `Hello ${links[0]?.username},` : 'Hello,',
        '',
        ...(links.length === 1
          ? ['here you can choose a new password:']
          : ['several accounts name this address. Here you can choose a new password for the one that is yours:']),
        ...links.flatMap(({ username, token }) => [
          ...(links.length === 1 ? [] : ['', `${username}:`]),
          `${publicUrl}/reset-password?token=${token}`,
        ]),
        '',
        'A link works once, for an hour. If you did not ask for it, ignore this mail; your password stays as it is.',
      ]),
    }),

    passwordChanged: (username) => ({
      subject: 'Your password was changed',
      text: sign([
        `Hello ${username},`,
        '',
        'the password of your account was changed just now. If it was not you, choose a new one at once:',
        `${publicUrl}/forgot-password`,
      ]),
    }),

    addressChangeAsked: (username) => ({
      subject: 'Your address is about to change',
      text: sign([
        `Hello ${username},`,
        '',
        'somebody, probably you, asked for another e-mail address for your account. Until that one is confirmed,',
        'everything stays as it is. If it was not you, choose a new password, which also ends the change:',
        `${publicUrl}/forgot-password`,
      ]),
    }),

    addressChanged: (username) => ({
      subject: 'Your address was changed',
      text: sign([
        `Hello ${username},`,
        '',
        'your account has another e-mail address now, and this one no longer belongs to it.',
        'If it was not you, answer this mail or ask a moderator for help.',
      ]),
    }),

    badgeCode: (code) => ({
      subject: `Your code is ${code}`,
      text: sign([
        'Hello,',
        '',
        `your code for the college badge is ${code}.`,
        '',
        'It works for 10 minutes. If you did not ask for it, ignore this mail and give the code to nobody.',
      ]),
    }),
  };
}
