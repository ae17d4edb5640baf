/** Mail: enqueued with the change that causes it, sent by SMTP where it is configured, else kept in a mailbox. */
import { Locale } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { type Static, Type } from 'typebox';
import type { Db } from '../database/database.ts';
import type { JobRunner } from '../jobs/jobs.ts';
import { toHtml } from './html.ts';

const message = Type.Object({
  to: Type.String(),
  /** What it is written in; English unless said. */
  locale: Type.Optional(Locale),
  subject: Type.String(),
  text: Type.String(),
  /** `notification.7@example.org`, without angle brackets: the same mail has the same one. Made up unless said. */
  message_id: Type.Optional(Type.String()),
  /** Ends such mails for who posts to it, without a question (RFC 8058). */
  unsubscribe_url: Type.Optional(Type.String()),
});
export type MailMessage = Static<typeof message>;

export interface Mail {
  /** The mail goes out exactly if the transaction commits; a failing server is tried again for about a day. */
  send(tx: Db, mail: MailMessage): Promise<void>;
}

const QUEUE = 'mail.send';

/**
 * Once, as far as SMTP can promise it. That a mail was accepted is recorded as soon as the server says so, and a mail that
 * is recorded is not sent again. Between the server's yes and our record the process may die, or the connection break
 * while the yes is on its way: nobody knows then, and SMTP has no way to ask. Such a mail is sent again rather than lost,
 * under the Message-ID of the first try, by which servers and mail programs take the two for one.
 */
export function createMail(options: { smtpUrl: string | null; from: string }, db: Db, jobs: JobRunner): Mail {
  const transport = options.smtpUrl
    ? // What the address itself says of these, as `?socketTimeout=5000`, counts more.
      createTransport({
        url: options.smtpUrl,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        // Milliseconds without a word; well within the time that a try may take, so that none goes on unseen.
        socketTimeout: 20_000,
      })
    : null;
  jobs.addQueue({
    name: QUEUE,
    input: message,
    // About a day.
    retryLimit: 34,
    retryDelayMax: 3600,
    expireInSeconds: 60,
    concurrency: 5,
    // Providers turn away who sends faster.
    ...(transport && { ratePerSecond: 20 }),
    async handle(input, { id, complete }) {
      const mail = input as MailMessage;
      const { to, locale = 'en', subject, text, message_id = `${id}@${hostOf(options.from)}` } = mail;
      const html = toHtml({ locale, subject, text });
      if (!transport) {
        return db.transaction(async (tx) => {
          await tx.execute(sql`
            INSERT INTO platform.mailbox (recipient, locale, subject, body_text, body_html)
            VALUES (${to}, ${locale}, ${subject}, ${text}, ${html})`);
          await complete(tx);
        });
      }
      if (await wasAccepted(message_id)) return;
      const headers = { 'content-language': locale, ...unsubscribeHeaders(mail.unsubscribe_url) };
      await transport.sendMail({ from: options.from, to, subject, text, html, messageId: `<${message_id}>`, headers });
      await db.execute(sql`UPDATE platform.sent_mails SET accepted_at = now() WHERE message_id = ${message_id}`);
    },
  });

  /** Notes the try. @returns whether an earlier one succeeded */
  async function wasAccepted(messageId: string): Promise<boolean> {
    const { rows } = await db.execute<{ is_accepted: boolean }>(sql`
      INSERT INTO platform.sent_mails AS m (message_id) VALUES (${messageId})
      ON CONFLICT (message_id) DO UPDATE SET tries = m.tries + 1
      RETURNING accepted_at IS NOT NULL AS is_accepted`);
    return rows[0]?.is_accepted ?? false;
  }

  return { send: (tx, mail) => jobs.enqueue(tx, QUEUE, mail) };
}

const unsubscribeHeaders = (url: string | undefined) =>
  url === undefined ? {} : { 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' };

/** Of `Collabthon <no-reply@example.org>`, what stands behind the @. */
const hostOf = (from: string) => /@([^\s<>"]+)/.exec(from)?.[1] ?? 'localhost';

export interface KeptMail {
  id: number;
  to: string;
  locale: Locale;
  subject: string;
  text: string;
  html: string | null;
  sent_at: string;
}

/** One mail of the mailbox as HTML; null when it is gone. */
export async function findKeptHtml(db: Db, id: number): Promise<string | null> {
  const { rows } = await db.execute<{ html: string | null }>(sql`
    SELECT body_html AS html FROM platform.mailbox WHERE id = ${id}`);
  return rows[0]?.html ?? null;
}

/** The newest mails of the mailbox, newest first; `to` narrows them to one address. */
export async function listKeptMails(
  db: Db,
  { to, limit = 50 }: { to?: string; limit?: number } = {},
): Promise<KeptMail[]> {
  const { rows } = await db.execute<KeptMail & Record<string, unknown>>(sql`
    SELECT id, recipient AS to, locale, subject, body_text AS text, body_html AS html, sent_at
    FROM platform.mailbox
    WHERE ${to === undefined ? sql`true` : sql`lower(recipient) = lower(${to})`}
    ORDER BY id DESC LIMIT ${limit}`);
  return rows;
}
