/** Notifications as mails: through a real SMTP server, at the right time, once. */

import type { NotificationPreferencesUpdate } from '@collabthon/contracts/notifications';
import { locales } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crew, type Person, people } from '../../platform/testing/people.ts';
import { type SmtpListener, startSmtpListener } from '../../platform/testing/smtp-listener.ts';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { ask, letTimePass, list, project } from './test-people.ts';

let smtp: SmtpListener;
let app: TestApp;
let owner: Person;
let ada: Person;
beforeAll(async () => {
  smtp = await startSmtpListener();
  app = await startTestApp({ config: { mail: { smtpUrl: smtp.url, from: 'Collabthon <hello@example.org>' } } });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});
beforeEach(async () => {
  ({ owner, ada } = await crew(app, { isVerified: true }));
  smtp.received.length = 0;
});

const prefer = async (as: Person, body: NotificationPreferencesUpdate) =>
  expect((await app.request('PUT /notifications/preferences', { as, body })).status).toBe(200);
const header = (mail: string | undefined, name: string) =>
  new RegExp(`^${name}:(.*(?:\r?\n[ \t].*)*)`, 'im')
    .exec(mail ?? '')?.[1]
    ?.replaceAll(/\r?\n[ \t]/g, ' ')
    .trim();
/** Mails to somebody, after the grace. */
const mailsTo = async ({ email }: Person) => {
  await app.settled();
  await letTimePass(app, 'notifications.send_mail');
  return smtp.received.filter((mail) => header(mail, 'To') === email);
};
const sendJob = (notification_id: number) =>
  app.db.transaction((tx) => app.platform.jobs.send(tx, 'notifications.send_mail', { notification_id }));

describe('a mail', () => {
  it('goes out after a grace, with its own Message-ID and a way to leave', async () => {
    await ask(app, ada, { receiver_id: owner.id });
    const [notification] = await list(app, owner);
    expect(smtp.received).toEqual([]);
    const { rows } = await app.db.execute<{ minutes: number }>(sql`
      SELECT round(extract(epoch FROM start_after - created_on) / 60)::int AS minutes FROM pgboss.job
      WHERE name = 'notifications.send_mail' AND (data ->> 'notification_id')::bigint = ${notification?.id ?? 0}`);
    expect(rows).toEqual([{ minutes: 5 }]);
    const [mail, ...more] = await mailsTo(owner);
    expect(more).toEqual([]);
    expect(header(mail, 'Message-ID')).toBe(`<notification.${notification?.id}@localhost>`);
    expect(header(mail, 'Subject')).toBe(`${ada.username} wants to connect`);
    expect(header(mail, 'List-Unsubscribe')).toMatch(
      /^<http:\/\/localhost:8000\/api\/v1\/notifications\/unsubscribe\//,
    );
    expect(mail).toContain(`Hello ${owner.username},`);
    expect(mail).toContain('http://localhost:8000/work');
  });

  it('does not when the notification was read, deleted, or is not wanted by mail by then', async () => {
    const [read, deleted, unwanted, off] = await people(app, 4, { isVerified: true });
    if (!read || !deleted || !unwanted || !off) throw new Error('Nobody came.');
    await prefer(off, { channels: { requests: { mail: false } } });
    for (const receiver of [read, deleted, unwanted, off]) await ask(app, ada, { receiver_id: receiver.id });
    const idOf = async (person: Person) => ({ id: (await list(app, person))[0]?.id ?? 0 });
    await app.request('PUT /notifications/{id}/read', { as: read, params: await idOf(read) });
    await app.request('DELETE /notifications/{id}', { as: deleted, params: await idOf(deleted) });
    await prefer(unwanted, { channels: { requests: { mail: false } } });
    await app.settled();
    await letTimePass(app, 'notifications.send_mail');
    expect(smtp.received).toEqual([]);
    expect(await list(app, off)).toHaveLength(1);
  });

  it('goes out once, however often it is tried and by however many at the same time', async () => {
    await ask(app, ada, { receiver_id: owner.id });
    const [notification] = await list(app, owner);
    await Promise.all(Array.from({ length: 5 }, () => sendJob(notification?.id ?? 0)));
    expect(await mailsTo(owner)).toHaveLength(1);
    await sendJob(notification?.id ?? 0);
    expect(await mailsTo(owner)).toHaveLength(1);
  });

  it('goes to no address that is not confirmed, of no account that is suspended', async () => {
    const [unconfirmed, suspended] = await people(app, 2, { isVerified: true });
    if (!unconfirmed || !suspended) throw new Error('Nobody came.');
    await app.db.execute(sql`UPDATE accounts.users SET is_verified = false WHERE id = ${unconfirmed.id}`);
    for (const receiver of [unconfirmed, suspended]) await ask(app, ada, { receiver_id: receiver.id });
    await app.db.execute(sql`UPDATE accounts.users SET is_active = false WHERE id = ${suspended.id}`);
    expect([...(await mailsTo(unconfirmed)), ...(await mailsTo(suspended))]).toEqual([]);
  });

  it('goes to nobody who is invented, unless somebody plays them', async () => {
    await app.db.execute(sql`UPDATE accounts.users SET is_demo = true WHERE id = ${owner.id}`);
    await ask(app, ada, { receiver_id: owner.id });
    expect(await mailsTo(owner)).toEqual([]);
    await prefer(owner, { zone: 'UTC' });
    const [other] = await people(app, 1, { isVerified: true });
    if (!other) throw new Error('Nobody came.');
    await ask(app, other, { receiver_id: owner.id });
    expect(await mailsTo(owner)).toHaveLength(1);
  });

  it('of what was old when it was published goes to nobody', async () => {
    await app.db.transaction((tx) =>
      app.platform.events.publish(tx, 'collaboration.requested', {
        collaboration_id: 900_000 + owner.id,
        sender_id: ada.id,
        receiver_id: owner.id,
        project_id: null,
        kind: 'connection',
        requested_at: '2026-01-05T10:00:00Z',
      }),
    );
    expect((await list(app, owner))[0]?.created_at).toBe('2026-01-05T10:00:00.000Z');
    expect(await mailsTo(owner)).toEqual([]);
  });
});

it('what people call things makes no link and no line of its own', async () => {
  const trap = 'Free pizza\n\nhttps://evil.example/win\n<b>now</b>';
  const { id } = await project(app, ada, { title: trap });
  await ask(app, ada, { receiver_id: owner.id, project_id: id });
  const [mail] = await mailsTo(owner);
  const [, plain = '', html = ''] = (mail ?? '').replaceAll(/=\r?\n/g, '').split('Content-Type: text/');
  expect(plain).toMatch(/Free pizza https:\/\/evil.example\/win <b>now<\/b>/);
  expect(html).toContain('https://evil.example/win &lt;b&gt;now');
  expect(html).not.toMatch(/href=[^ >]*evil/);
});

describe('quiet hours', () => {
  it('hold a mail back until they are over, where its recipient is', async () => {
    const zone = 'Asia/Kolkata';
    const here = Temporal.Now.zonedDateTimeISO(zone);
    const at = (hours: number) => here.add({ hours }).toPlainTime().toString({ smallestUnit: 'minute' });
    await prefer(owner, { zone, quiet_hours: { from: at(-1), to: at(2) } });
    await ask(app, ada, { receiver_id: owner.id });
    expect(await mailsTo(owner)).toEqual([]);
    const [notification] = await list(app, owner);
    const { rows } = await app.db.execute<{ state: string; due: string }>(sql`
      SELECT state, to_char(start_after AT TIME ZONE ${zone}, 'HH24:MI') AS due FROM pgboss.job
      WHERE name = 'notifications.send_mail' AND (data ->> 'notification_id')::bigint = ${notification?.id ?? 0}`);
    // Back in the queue as it was: waiting is no failed try.
    expect(rows).toEqual([{ state: 'created', due: at(2) }]);
    await prefer(owner, { quiet_hours: { from: at(3), to: at(4) } });
    expect(await mailsTo(owner)).toHaveLength(1);
  });
});

describe('leaving by the link of a mail', () => {
  const linkIn = async () => {
    await ask(app, ada, { receiver_id: owner.id });
    const [mail] = await mailsTo(owner);
    return /<http:\/\/localhost:8000(.*)>/.exec(header(mail, 'List-Unsubscribe') ?? '')?.[1] ?? '';
  };
  const preferences = async (as: Person) => (await app.request('GET /notifications/preferences', { as })).body.channels;
  /** As a mail client does it: a form, no cookie, no token. */
  const click = (path: string) =>
    app.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });

  it('takes one click and no session, and ends mails of that topic only', async () => {
    const link = await linkIn();
    expect((await click(link)).status).toBe(204);
    expect((await click(link)).status).toBe(204);
    const { requests, answers } = await preferences(owner);
    expect([requests, answers.mail]).toEqual([{ in_app: true, mail: false, push: true }, true]);
  });

  it('takes the other kind of form, and no form at all', async () => {
    const link = await linkIn();
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await app.fetch(link, { method: 'POST', body: form })).status).toBe(204);
    expect((await app.fetch(link, { method: 'POST' })).status).toBe(204);
    const large = { method: 'POST', body: new URLSearchParams({ x: 'x'.repeat(100_000) }) };
    expect((await app.fetch(link, large)).status).toBe(413);
  });

  it('changes nothing by being opened, as scanners of mails do', async () => {
    const link = await linkIn();
    const opened = await app.fetch(link);
    expect(opened.status).toBe(302);
    expect(opened.headers.get('location')).toBe(`http://localhost:8000/unsubscribe?token=${link.split('/').at(-1)}`);
    expect((await preferences(owner)).requests.mail).toBe(true);
  });

  it('is for who got the mail, and for that topic', async () => {
    const link = await linkIn();
    const [base, user, topic, mac] = /^(.*\/)(\d+)\.(\w+)\.(.*)$/.exec(link)?.slice(1) ?? [];
    for (const token of [
      `${ada.id}.${topic}.${mac}`,
      `${user}.answers.${mac}`,
      `${user}.digest.${mac}`,
      `${user}.${topic}.${mac?.slice(0, -2)}AA`,
      `0${user}.${topic}.${mac}`,
    ]) {
      expect((await click(`${base}${token}`)).status, token).toBe(404);
      expect((await app.fetch(`${base}${token}`)).status, token).toBe(404);
    }
    for (const token of ['x', `${user}.${topic}`, `${link.split('/').at(-1)}x`]) {
      expect((await click(`${base}${token}`)).status, token).toBe(422);
    }
    expect((await preferences(owner)).requests.mail).toBe(true);
  });
});

describe('the welcome', () => {
  const subjects = () => smtp.received.map((mail) => header(mail, 'Subject'));

  it('is mailed at once to who came by a provider that vouches for the address, and to nobody invented', async () => {
    const register = (user: Person, is_demo: boolean) =>
      app.db.transaction((tx) =>
        app.platform.events.publish(tx, 'member.registered', { user_id: user.id, username: user.username, is_demo }),
      );
    await register(owner, false);
    await register(ada, true);
    await app.settled();
    // A later change of the account is no reason for another.
    await app.request('PUT /auth/me', { as: owner, body: { username: `${owner.username}_` } });
    expect((await mailsTo(owner)).map((mail) => header(mail, 'Subject'))).toEqual(['Welcome to Collabthon']);
    expect(await mailsTo(ada)).toEqual([]);
    expect((await list(app, ada)).map(({ type }) => type)).toEqual(['welcome']);
  });

  it('is mailed once the address is confirmed, without delay and once', async () => {
    const member = await app.member();
    await app.settled();
    expect(subjects()).toEqual(['Confirm your address']);
    const token = /token=([\w-]+)/.exec(smtp.received[0]?.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=') ?? '')?.[1];
    await app.request('POST /auth/verify-email', { body: { token: token ?? '' } });
    await app.settled();
    expect(subjects()).toEqual(['Confirm your address', 'Welcome to Collabthon']);
    await app.request('PUT /auth/me', { as: member, body: { username: `${member.username}_` } });
    await app.settled();
    expect(smtp.received).toHaveLength(2);
  });
});

it.each(locales)('speaks the recipient’s language: %s', async (locale) => {
  const [reader] = await people(app, 1, { isVerified: true, locale });
  if (!reader) throw new Error('Nobody came.');
  await ask(app, ada, { receiver_id: reader.id });
  const [mail] = await mailsTo(reader);
  expect(header(mail, 'Content-Language')).toBe(locale);
  expect(mail).toContain('Content-Type: text/html');
});
