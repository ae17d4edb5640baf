/** Mail: enqueued with the change that causes it, sent by SMTP where it is configured, else kept in a mailbox. */
import { Locale } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { type Static, Type } from 'typebox';
import type { Db } from '../database/database.ts';
import type { JobRunner } from '../jobs/jobs.ts';

const message = Type.Object({
  to: Type.String(),
  /** What it is written in; English unless said. */
  locale: Type.Optional(Locale),
  subject: Type.String(),
  text: Type.String(),
  html: Type.Optional(Type.String()),
});
export type MailMessage = Static<typeof message>;

export interface Mail {
  /** The mail goes out exactly if the transaction commits; a failing server is tried again for about a day. */
  send(tx: Db, mail: MailMessage): Promise<void>;
}

const QUEUE = 'mail.send';

export function createMail(options: { smtpUrl: string | null; from: string }, db: Db, jobs: JobRunner): Mail {
  const transport = options.smtpUrl
    ? createTransport(options.smtpUrl, {
        from: options.from,
        connectionTimeout: 10_000,
        socketTimeout: 20_000,
      } as object)
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
    async handle(input) {
      const { locale = 'en', ...mail } = input as MailMessage;
      if (transport) {
        await transport.sendMail({ from: options.from, headers: { 'content-language': locale }, ...mail });
      } else {
        await db.execute(sql`
          INSERT INTO platform.mailbox (recipient, locale, subject, body_text, body_html)
          VALUES (${mail.to}, ${locale}, ${mail.subject}, ${mail.text}, ${mail.html ?? null})`);
      }
    },
  });
  return { send: (tx, mail) => jobs.enqueue(tx, QUEUE, mail) };
}

export interface KeptMail {
  id: number;
  to: string;
  locale: Locale;
  subject: string;
  text: string;
  html: string | null;
  sent_at: string;
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
