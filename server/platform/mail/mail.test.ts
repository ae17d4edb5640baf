/** Mail on a real SMTP server, and the mailbox that stands in for one. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { mountMailboxPage } from './mailbox-page.ts';

const letter = { to: 'ada@example.org', subject: 'Tide & time', text: 'See http://localhost:8000/x?a=1&b=2 <now>' };

describe('with an SMTP server', () => {
  const received: string[] = [];
  let refusals = 0;
  let app: TestApp;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) => done(refusals-- > 0 ? new Error('not now') : null),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  smtp.on('error', () => {});

  beforeAll(async () => {
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    const mail = { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Collabthon <hello@example.org>' };
    app = await startTestApp({ modules: [], config: { mail } });
  });
  afterAll(async () => {
    await app.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
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
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('Subject: Tide & time');
    expect(received[0]).toContain('From: Collabthon <hello@example.org>');
    expect(received[0]).toContain('Content-Language: es');
  });

  it('tries again when the server refuses', async () => {
    received.length = 0;
    refusals = 1;
    await app.db.transaction((tx) => app.platform.mail.send(tx, letter));
    await expect.poll(() => received.length, { timeout: 15_000 }).toBe(1);
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
    await app.close();
  });
});
