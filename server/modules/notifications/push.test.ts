/** Web push through a listener that stands where push services are; the library and our code are the real ones. */
import type { PushSubscription } from '@collabthon/contracts/notifications';
import type { Problem } from '@collabthon/contracts/shapes';
import { sql } from 'drizzle-orm';
import { importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crew, type Person } from '../../platform/testing/people.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';
import { openBrowser, type PushService, startPushService } from './test-browser.ts';
import { ask, list } from './test-people.ts';

let service: PushService;
let app: TestApp;
let owner: Person;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  service = await startPushService();
  app = await startTestApp({ config: { push: { vapidPrivateKey: null, listener: service.port } } });
});
afterAll(async () => {
  await app.close();
  await service.close();
});
beforeEach(async () => {
  ({ owner, ada, bob } = await crew(app, { isVerified: true }));
  service.received.length = 0;
  service.statuses.clear();
});

const subscribe = (as: Person, body: PushSubscription, to = app) =>
  to.request('PUT /notifications/push/subscription', { as, body });
const unsubscribe = (as: Person, { endpoint }: PushSubscription) =>
  app.request('POST /notifications/push/unsubscribe', { as, body: { endpoint } });
const subscriptions = async (of: Person) => {
  const { rows } = await app.db.execute<{ endpoint: string }>(sql`
    SELECT endpoint FROM notifications.push_subscriptions WHERE user_id = ${of.id} ORDER BY id`);
  return rows.map(({ endpoint }) => endpoint);
};
const askOwner = async (from = ada) => {
  await ask(app, from, { receiver_id: owner.id });
  await app.settled();
};
const publicKey = async () => (await app.request('GET /notifications/push/key', { as: owner })).body.public_key;

describe('a push', () => {
  it('reaches every browser, sealed for it and signed with the key that it knows', async () => {
    const browsers = [openBrowser(), openBrowser()];
    for (const { subscription } of browsers) expect((await subscribe(owner, subscription)).status).toBe(204);
    await askOwner();
    const [notification] = await list(app, owner);
    for (const { subscription, open } of browsers) {
      const [pushed, ...more] = service.received.filter(({ address }) => address === subscription.endpoint);
      if (!pushed) throw new Error('Nothing was pushed.');
      expect(more).toEqual([]);
      expect(open(pushed.body)).toEqual({
        id: notification?.id,
        type: 'connection_received',
        title: `${ada.username} wants to connect`,
        body: `${ada.username} would like to connect with you. Answer within 14 days.`,
        path: '/work',
        tag: `n${notification?.id}`,
      });
      expect(pushed.headers).toMatchObject({
        ttl: '86400',
        topic: `n${notification?.id}`,
        'content-encoding': 'aes128gcm',
      });
      const [, token = '', key = ''] = /^vapid t=(.+), k=(.+)$/.exec(String(pushed.headers.authorization)) ?? [];
      expect(key).toBe(await publicKey());
      const point = Buffer.from(key, 'base64url');
      const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
      const verified = await jwtVerify(token, await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256'));
      expect(verified.payload).toMatchObject({ aud: 'https://push.example', sub: 'mailto:no-reply@localhost' });
    }
  });

  it('is tried again where it failed, and only there', async () => {
    const [well, ill] = [openBrowser(), openBrowser()];
    for (const { subscription } of [well, ill]) await subscribe(owner, subscription);
    service.statuses.set(ill.subscription.endpoint, 503);
    await ask(app, ada, { receiver_id: owner.id });
    await expect
      .poll(async () => {
        const { rowCount } = await app.db.execute(sql`
          SELECT FROM pgboss.job WHERE name = 'notifications.send_push' AND state = 'retry'`);
        return rowCount;
      })
      .toBe(1);
    service.statuses.clear();
    await app.db.execute(sql`
      UPDATE pgboss.job SET start_after = now() WHERE name = 'notifications.send_push' AND state = 'retry'`);
    await app.settled();
    const times = ({ subscription }: typeof well) =>
      service.received.filter(({ address }) => address === subscription.endpoint).length;
    expect([times(well), times(ill)]).toEqual([1, 2]);
  });

  it.each([404, 410])('that is answered by %i ends the subscription', async (status) => {
    const [gone, there] = [openBrowser(), openBrowser()];
    for (const { subscription } of [gone, there]) await subscribe(owner, subscription);
    service.statuses.set(gone.subscription.endpoint, status);
    await askOwner();
    expect(await subscriptions(owner)).toEqual([there.subscription.endpoint]);
  });

  it('waits for the end of quiet hours, and is not for what is unwanted', async () => {
    await subscribe(owner, openBrowser().subscription);
    const time = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
    await app.request('PUT /notifications/preferences', {
      as: owner,
      body: { zone: 'UTC', quiet_hours: { from: time(-1), to: time(1) } },
    });
    await askOwner();
    expect(service.received).toEqual([]);
    await app.request('PUT /notifications/preferences', {
      as: owner,
      body: { quiet_hours: null, channels: { requests: { push: false } } },
    });
    await app.db.execute(sql`
      UPDATE pgboss.job SET start_after = now() WHERE name = 'notifications.send_push' AND state < 'active'`);
    await app.settled();
    await askOwner(bob);
    expect(service.received).toEqual([]);
  });
});

describe('subscribing', () => {
  it('again changes nothing, and another member takes the browser over', async () => {
    const { subscription } = openBrowser();
    for (let times = 0; times < 2; times += 1) expect((await subscribe(owner, subscription)).status).toBe(204);
    expect(await subscriptions(owner)).toEqual([subscription.endpoint]);
    await subscribe(bob, subscription);
    expect([await subscriptions(owner), await subscriptions(bob)]).toEqual([[], [subscription.endpoint]]);
  });

  it('keeps the latest 20 browsers', async () => {
    const browsers = Array.from({ length: 21 }, () => openBrowser());
    for (const { subscription } of browsers) await subscribe(ada, subscription);
    expect(await subscriptions(ada)).toEqual(browsers.slice(1).map(({ subscription }) => subscription.endpoint));
  });

  it('ends for one’s own browser only', async () => {
    const { subscription } = openBrowser();
    await subscribe(owner, subscription);
    expect((await unsubscribe(bob, subscription)).status).toBe(204);
    expect(await subscriptions(owner)).toHaveLength(1);
    expect((await unsubscribe(owner, subscription)).status).toBe(204);
    expect((await unsubscribe(owner, subscription)).status).toBe(204);
    expect(await subscriptions(owner)).toEqual([]);
  });

  it('ends with the session of the browser, on every way in which that ends', async () => {
    const password = TEST_PASSWORD;
    const member = await app.member();
    const { username } = member;
    const again = async () => {
      const { body } = await app.request('POST /auth/login', { body: { username, password } });
      return { ...owner, id: member.id, token: body.access_token };
    };
    const browserOf = async (as: Person) => {
      const { subscription } = openBrowser();
      expect((await subscribe(as, subscription)).status).toBe(204);
      return subscription.endpoint;
    };
    const here = { ...owner, id: member.id, token: member.token };
    const [there, third] = [await again(), await again()];
    const [hers, , thirds] = [await browserOf(here), await browserOf(there), await browserOf(third)];

    await app.request('POST /auth/logout', { as: there });
    await app.settled();
    expect(await subscriptions(here)).toEqual([hers, thirds]);

    await app.request('POST /auth/password/change', {
      as: here,
      body: { current_password: password, new_password: 'a better horse battery staple' },
    });
    await app.settled();
    expect(await subscriptions(here)).toEqual([hers]);

    // One whose session had lapsed before.
    await browserOf(here);
    await app.db.execute(sql`
      UPDATE notifications.push_subscriptions SET session_id = 0 WHERE user_id = ${member.id} AND endpoint <> ${hers}`);
    await app.request('POST /auth/logout-everywhere', { as: here });
    await app.settled();
    expect(await subscriptions(here)).toEqual([]);
    await ask(app, bob, { receiver_id: member.id });
    await app.settled();
    expect(service.received).toEqual([]);
  });

  it('follows the browser into its next session', async () => {
    const member = await app.member();
    const { subscription } = openBrowser();
    const first = { ...owner, id: member.id, token: member.token };
    await subscribe(first, subscription);
    const { body } = await app.request('POST /auth/login', {
      body: { username: member.username, password: TEST_PASSWORD },
    });
    await subscribe({ ...first, token: body.access_token }, subscription);
    await app.request('POST /auth/logout', { as: first });
    await app.settled();
    expect(await subscriptions(first)).toEqual([subscription.endpoint]);
  });

  it('is refused with keys that are none', async () => {
    const { subscription } = openBrowser();
    const point = Buffer.from(subscription.keys.p256dh, 'base64url').fill(7, 1).toString('base64url');
    for (const keys of [
      { ...subscription.keys, p256dh: 'AAAA' },
      { ...subscription.keys, p256dh: point },
      { ...subscription.keys, auth: 'AAAA' },
    ]) {
      expect((await subscribe(owner, { ...subscription, keys })).status).toBe(422);
    }
    expect(await subscriptions(owner)).toEqual([]);
  });
});

describe('where push services are really called', () => {
  let real: TestApp;
  beforeAll(async () => {
    real = await startTestApp({ config: { push: { vapidPrivateKey: null, listener: null } } });
    ({ owner } = await crew(real));
  });
  afterAll(() => real.close());

  it.each([
    'http://push.example/1',
    'https://localhost/1',
    'https://127.0.0.1/1',
    'https://[::1]/1',
    'https://[::ffff:a9fe:a9fe]/1',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/1',
    'https://10.0.0.1:5432/1',
    'https://user:secret@push.example/1',
    'file:///etc/passwd',
    'nonsense',
  ])('the endpoint %s is refused', async (endpoint) => {
    const { owner: someone } = await crew(real);
    const answer = await subscribe(someone, { ...openBrowser().subscription, endpoint }, real);
    expect(answer.status).toBe(422);
    expect((answer.body as unknown as Problem).errors?.map(({ path }) => path)).toEqual(['/endpoint']);
  });

  it('one that leads elsewhere by now is not called, and not tried again', async () => {
    const { owner: someone, ada: other } = await crew(real);
    const { endpoint, keys } = { ...openBrowser().subscription, endpoint: 'https://localhost/1' };
    await real.db.execute(sql`
      INSERT INTO notifications.push_subscriptions (user_id, session_id, endpoint, p256dh, auth)
      VALUES (${someone.id}, 1, ${endpoint}, ${keys.p256dh}, ${keys.auth})`);
    await ask(real, other, { receiver_id: someone.id });
    await real.settled();
    const { rows } = await real.db.execute(sql`SELECT state FROM pgboss.job WHERE name = 'notifications.send_push'`);
    expect(rows).toEqual([{ state: 'completed' }]);
  });
});

describe('the key', () => {
  it('is made once, whoever asks first, and is the one of the environment if there is one', async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, publicKey));
    expect(new Set(asked).size).toBe(1);
    expect(Buffer.from(asked[0] ?? '', 'base64url')).toHaveLength(65);
    const { rows } = await app.db.execute<{ key: string }>(sql`SELECT private_key AS key FROM notifications.vapid_key`);
    const given = await startTestApp({ config: { push: { vapidPrivateKey: rows[0]?.key ?? '', listener: null } } });
    const [someone] = Object.values(await crew(given));
    const { body } = await given.request('GET /notifications/push/key', { as: someone ?? null });
    expect(body.public_key).toBe(asked[0]);
    const { rowCount } = await given.db.execute(sql`SELECT FROM notifications.vapid_key`);
    expect(rowCount).toBe(0);
    await given.close();
  });
});
