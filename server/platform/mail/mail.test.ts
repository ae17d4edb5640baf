/** Mail on a real SMTP server, and the mailbox that stands in for one. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SmtpListener, startSmtpListener } from '../testing/smtp-listener.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { mountMailboxPage } from './mailbox-page.ts';

const letter = { to: 'ada@example.org', subject: 'Tide & time', text: 'See http://localhost:8000/x?a=1&b=2 <now>' };

describe('with an SMTP server', () => {
  let smtp: SmtpListener;
  let app: TestApp;

  beforeAll(async () => {
    smtp = await startSmtpListener();
    const mail = { smtpUrl: `${smtp.url}?socketTimeout=2000`, from: 'Collabthon <hello@example.org>' };
    app = await startTestApp({ modules: [], config: { mail } });
  });
  afterAll(async () => {
    await app.close();
    await smtp.close();
  });

  beforeEach(() => {
    smtp.received.length = 0;
  });

  it('sends once the transaction commits, and not when it does not', async () => {
    await app.db
      .transaction(async (tx) => {
        await app.platform.mail.send(tx, { ...letter, subject: 'never' });
        throw new Error('changed my mind');
      })
      .catch(() => {});
    await app.db.transaction((tx) => app.platform.mail.send(tx, { ...letter, locale: 'es' }));
    await app.settled();
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]).toContain('Subject: Tide & time');
    expect(smtp.received[0]).toContain('From: Collabthon <hello@example.org>');
    expect(smtp.received[0]).toContain('Content-Language: es');
  });

  it('says the same as HTML and how to leave', async () => {
    const unsubscribe_url = 'https://collabthon.example/leave/1';
    await app.db.transaction((tx) => app.platform.mail.send(tx, { ...letter, message_id: 'm@x', unsubscribe_url }));
    await app.settled();
    const [mail] = smtp.received;
    expect(mail).toContain('Message-ID: <m@x>');
    expect(mail).toContain(`List-Unsubscribe: <${unsubscribe_url}>`);
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail).toContain('Content-Type: text/plain');
    expect(mail).toContain('Content-Type: text/html');
    expect(mail).toContain('&lt;now&gt;');
  });

  /** Runs tries that wait for their time as if it had come. */
  const tryAgain = async () => {
    await expect
      .poll(async () => {
        const { rowCount } = await app.db.execute(sql`
          UPDATE pgboss.job SET start_after = now() WHERE name = 'mail.send' AND state = 'retry'`);
        return rowCount;
      })
      .toBe(1);
    await app.settled();
  };
  const messageIds = () => smtp.received.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]?.trim());

  it.each(['refuse', 'cut', 'stall'] as const)('tries again when the server answers by: %s', async (how) => {
    smtp.misbehave(how);
    await app.db.transaction((tx) => app.platform.mail.send(tx, letter));
    await tryAgain();
    expect(smtp.received).toHaveLength(1);
  });

  it('tries again under the same Message-ID when nobody knows whether the mail was taken', async () => {
    smtp.misbehave('swallow');
    await app.db.transaction((tx) => app.platform.mail.send(tx, letter));
    await tryAgain();
    const [first, second, ...more] = messageIds();
    expect([first, more]).toEqual([second, []]);
  });

  it('does not send again what was accepted before the process died', async () => {
    await app.db.transaction((tx) => app.platform.mail.send(tx, letter));
    await app.settled();
    await app.db.execute(sql`
      UPDATE pgboss.job SET state = 'created', completed_on = NULL, start_after = now()
      WHERE name = 'mail.send' AND id = (SELECT id FROM pgboss.job WHERE name = 'mail.send' ORDER BY created_on DESC LIMIT 1)`);
    await app.settled();
    expect(smtp.received).toHaveLength(1);
  });

  it('gives up in the end, and what was given up is not lost', async () => {
    smtp.misbehave('refuse');
    await app.db.transaction(async (tx) => {
      await app.platform.mail.send(tx, letter);
      await tx.execute(sql`UPDATE pgboss.job SET retry_limit = 0 WHERE name = 'mail.send' AND state < 'completed'`);
    });
    await expect.poll(() => app.platform.jobs.deadLetters.count(app.db, 'mail.send')).toBe(1);
    const [lost] = await app.platform.jobs.deadLetters.list(app.db, { queue: 'mail.send', limit: 1 });
    expect(lost).toMatchObject({ payload: letter, error: expect.stringContaining('not now') });
  });
});

describe('without one', () => {
  it('keeps mail in a mailbox, which a page shows as text', async () => {
    const app = await startTestApp({
      modules: [],
      extend: async (server, { db }) => mountMailboxPage(server, db),
    });
    const arabic = { ...letter, locale: 'ar' as const, subject: 'مرحبًا' };
    for (const mail of [letter, arabic]) await app.db.transaction((tx) => app.platform.mail.send(tx, mail));
    await app.settled();
    expect(await app.mails('ADA@example.org')).toEqual(
      expect.arrayContaining([expect.objectContaining({ ...letter, locale: 'en' }), expect.objectContaining(arabic)]),
    );
    const page = await (await app.fetch('/dev/mail')).text();
    expect(page).toContain('<article lang="en" dir="ltr">\n<h2>Tide &amp; time</h2>');
    expect(page).toContain('<article lang="ar" dir="rtl">\n<h2>مرحبًا</h2>');
    expect(page).toContain('<a href="http://localhost:8000/x?a=1&amp;b=2">');
    expect(page).toContain('&lt;now&gt;');
    const kept = await app.mails();
    const html = await app.fetch(`/dev/mail/${kept.find(({ locale }) => locale === 'ar')?.id}`);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain('<html lang="ar" dir="rtl">');
    expect((await app.fetch('/dev/mail/999999')).status).toBe(404);
    expect((await app.fetch('/dev/mail/abc')).status).toBe(422);
    await app.close();
  });
});
