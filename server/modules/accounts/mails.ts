/**
 * The mails that this module sends, in the language of whoever gets them. Links lead to the configured public address and
 * nowhere else.
 */
import type { Locale } from '@collabthon/contracts/shapes';
import { createTranslator } from 'use-intl/core';
import type { MailMessage } from '../../platform/mail/mail.ts';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import hi from './messages/hi.json' with { type: 'json' };

type Messages = typeof en;
export const catalogues: Record<Locale, Messages> = { en, es, hi, ar };

/** How long what is mailed counts. */
export const VERIFY_HOURS = 24;
export const RESET_HOURS = 1;
export const BADGE_CODE_MINUTES = 10;

type Words = Omit<MailMessage, 'to'>;

export interface Mails {
  confirmAddress(username: string, token: string): Words;
  alreadyRegistered(): Words;
  /** One link for each account that the address stands for. */
  resetPassword(links: readonly { username: string; token: string }[]): Words;
  passwordChanged(username: string): Words;
  addressChangeAsked(username: string): Words;
  addressChanged(username: string): Words;
  badgeCode(code: string): Words;
  /** @param closesAt RFC 3339 */
  closing(username: string, closesAt: string): Words;
}

const translators = Object.fromEntries(
  Object.entries(catalogues).map(([locale, messages]) => [
    locale,
    createTranslator({
      locale,
      messages,
      onError(error) {
        throw error;
      },
    }),
  ]),
) as Record<Locale, ReturnType<typeof createTranslator<Messages>>>;

export function createMails(publicUrl: string, locale: Locale): Mails {
  const t = translators[locale];

  /** Greeting, lead, what it leads to, note: every mail is built so. */
  const write = (
    mail: Exclude<keyof Messages, 'greeting' | 'greetingUnnamed' | 'account'>,
    parts: { username?: string | undefined; links?: string[]; values?: Record<string, string | number> },
  ): Words => {
    const { username, links = [], values } = parts;
    const lead = [t(`${mail}.lead`, values), ...links].join('\n');
    const paragraphs = [
      username === undefined ? t('greetingUnnamed') : t('greeting', { username }),
      lead,
      ...('note' in en[mail] ? [t(`${mail}.note` as 'badgeCode.note', values)] : []),
      'Collabthon',
    ];
    return { locale, subject: t(`${mail}.subject`, values), text: paragraphs.join('\n\n') };
  };

  return {
    confirmAddress: (username, token) =>
      write('confirmAddress', {
        username,
        links: [`${publicUrl}/verify-email?token=${token}`],
        values: { hours: VERIFY_HOURS },
      }),

    alreadyRegistered: () => write('alreadyRegistered', { links: [`${publicUrl}/sign-in`] }),

    resetPassword(accounts) {
      const isOne = accounts.length === 1;
      return write('resetPassword', {
        username: isOne ? accounts[0]?.username : undefined,
        links: accounts.flatMap(({ username, token }) => [
          ...(isOne ? [] : ['', t('account', { username })]),
          `${publicUrl}/reset-password?token=${token}`,
        ]),
        values: { which: isOne ? 'one' : 'several', hours: RESET_HOURS },
      });
    },

    passwordChanged: (username) => write('passwordChanged', { username, links: [`${publicUrl}/forgot-password`] }),

    addressChangeAsked: (username) =>
      write('addressChangeAsked', { username, links: [`${publicUrl}/forgot-password`] }),

    addressChanged: (username) => write('addressChanged', { username }),

    closing: (username, closesAt) =>
      write('closing', {
        username,
        links: [`${publicUrl}/settings/account`],
        values: {
          day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(closesAt)),
        },
      }),

    badgeCode: (code) => write('badgeCode', { values: { code, minutes: BADGE_CODE_MINUTES } }),
  };
}
