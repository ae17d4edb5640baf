/** The words of every mail that this module sends. Links lead to the configured public address and nowhere else. */
import type { MailMessage } from '../../platform/mail/mail.ts';

type Words = Omit<MailMessage, 'to'>;

const sign = (lines: string[]) => [...lines, '', 'Collabthon'].join('\n');

export interface Mails {
  confirmAddress(username: string, token: string): Words;
  alreadyRegistered(): Words;
  welcome(username: string): Words;
  resetPassword(username: string, token: string): Words;
  passwordChanged(username: string): Words;
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

    resetPassword: (username, token) => ({
      subject: 'Choose a new password',
      text: sign([
        `Hello ${username},`,
        '',
        'here you can choose a new password:',
        `${publicUrl}/reset-password?token=${token}`,
        '',
        'The link works once, for an hour. If you did not ask for it, ignore this mail; your password stays as it is.',
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
