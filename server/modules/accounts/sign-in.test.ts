import { hash as bcryptHash } from '@node-rs/bcrypt';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../platform/testing/test-app.ts';
import { type Counter, waitSeconds } from './attempts.ts';
import { createContext } from './context.ts';
import { createLimiter } from './limiter.ts';
import { signInProgram } from './sign-in.ts';
import { createUserStore } from './store.ts';
import { createSessionStore } from './store-sessions.ts';

describe('signing in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  const login = (username: string, password: string) =>
    app.request('POST /auth/login', { body: { username, password } });

  it('answers as the guide’s load test expects, by username or address in any case, with an ignored e-mail field', async () => {
    const ada = await app.member({ username: 'Ada' });
    for (const username of ['Ada', 'aDA', ada.email, ada.email.toUpperCase(), ' Ada ']) {
      const { status, body } = await app.request('POST /auth/login', {
        body: { username, password: TEST_PASSWORD, email: 'ada@example.org' },
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800 });
      expect((await app.request('GET /auth/me', { as: { token: body.access_token } })).body.id).toBe(ada.id);
    }
  });

  it('says the same about a wrong password, an unknown name and an unknown address', async () => {
    const ada = await app.member();
    const answers = await Promise.all([
      login(ada.username, 'wrong'),
      login(ada.email, 'wrong'),
      login('nobody', 'wrong'),
      login('nobody@example.org', 'wrong'),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect({ ...body, request_id: null }).toEqual({ ...answers[0]?.body, request_id: null });
    }
  });

  it('by an unconfirmed address opens the account whose password it is, whoever registered later', async () => {
    const email = 'claimed@example.org';
    const register = (username: string, password: string) =>
      app.request('POST /auth/register', { body: { username, email, password } });
    const whoIs = async (password: string) => {
      const { body } = await login(email, password);
      return (await app.request('GET /auth/me', { as: { token: body.access_token } })).body.username;
    };
    await register('claimed_0', 'the first pass phrase');
    await register('claimed_1', 'the second pass phrase');
    // The same password twice: the older account is the one.
    await register('claimed_2', 'the first pass phrase');
    expect(await whoIs('the first pass phrase')).toBe('claimed_0');
    expect(await whoIs('the second pass phrase')).toBe('claimed_1');
    expect((await login(email, 'wrong')).status).toBe(401);

    for (const n of [3, 4, 5]) await register(`claimed_${n}`, `pass phrase number ${n}`);
    expect(await whoIs('pass phrase number 4')).toBe('claimed_4');
    expect((await login(email, 'pass phrase number 5')).status).toBe(401);
    expect((await login('claimed_5', 'pass phrase number 5')).status).toBe(200);

    await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE username = 'claimed_1'`);
    expect(await whoIs('the second pass phrase')).toBe('claimed_1');
    expect(await whoIs('the first pass phrase')).toBe('claimed_0');
  });

  it('compares as many passwords for an address with an owner as for one without', async () => {
    const context = createContext(app.platform);
    let compared = 0;
    const passwords = {
      ...context.passwords,
      verify: (hash: string | null, password: string) => {
        compared += 1;
        return context.passwords.verify(hash, password);
      },
    };
    const comparisons = async (username: string) => {
      compared = 0;
      const client = { ip: '192.0.2.9', userAgent: '' };
      await expect(
        signInProgram({ ...context, passwords }, { username, password: 'wrong' }, client),
      ).rejects.toMatchObject({ status: 401 });
      return compared;
    };
    const own = async (email: string) => {
      const { id } = await app.member({ email });
      await app.db.execute(sql`UPDATE accounts.users SET is_verified = true WHERE id = ${id}`);
    };
    await own('timed-owner@example.org');
    for (const [claims, expected] of [1, 2, 3, 4, 5, 6, 6].entries()) {
      expect(await comparisons('timed-owner@example.org')).toBe(expected);
      expect(await comparisons('timed-free@example.org')).toBe(expected);
      for (const kind of ['owner', 'free']) {
        const claimant = { username: `${kind}_${claims}`, email: `timed-${kind}@example.org`, password_hash: null };
        await createUserStore(app.db).insert(claimant);
      }
    }
  });

  it('never verifies an account without a password, nor one whose hash cannot be read', async () => {
    const bob = await app.member();
    for (const hash of [null, '', 'x', '$2b$12$short', '$argon2id$v=19$m=19456']) {
      await app.db.execute(sql`UPDATE accounts.users SET password_hash = ${hash} WHERE id = ${bob.id}`);
      for (const password of [TEST_PASSWORD, ' ', hash || 'x'])
        expect((await login(bob.username, password)).status).toBe(401);
    }
  });

  it.each(['2a', '2b', '2y'] as const)('accepts the predecessor’s bcrypt ($%s$) and replaces it', async (version) => {
    const old = await app.member();
    const hash = await bcryptHash('from the old days', { cost: 4, version });
    await app.db.execute(sql`UPDATE accounts.users SET password_hash = ${hash} WHERE id = ${old.id}`);
    expect((await login(old.username, 'from the older days')).status).toBe(401);
    expect((await login(old.username, 'from the old days')).status).toBe(200);
    const { rows } = await app.db.execute(sql`SELECT password_hash FROM accounts.users WHERE id = ${old.id}`);
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
    expect((await login(old.username, 'from the old days')).status).toBe(200);
  });

  it('keeps a suspended account out, but tells only whoever knows the password', async () => {
    const carl = await app.member();
    await app.db.execute(sql`UPDATE accounts.users SET is_active = false WHERE id = ${carl.id}`);
    expect((await login(carl.username, 'wrong')).status).toBe(401);
    const right = await login(carl.username, TEST_PASSWORD);
    expect(right.status).toBe(403);
    expect(right.body).toMatchObject({ code: 'account_suspended' });
    const refreshed = await app.request('POST /auth/refresh', { body: { refresh_token: carl.refresh_token } });
    expect(refreshed.status).toBe(401);
  });

  it('does not open a session for a password that changed while it was checked', async () => {
    const dan = await app.member();
    const session = { userId: dan.id, kind: 'token', tokenHash: 'h', userAgent: '' } as const;
    expect(await createSessionStore(app.db).open({ ...session, passwordHash: 'the old hash' })).toBeNull();
  });

  it('does not let an answer with tokens be stored on the way', async () => {
    const eli = await app.member();
    expect((await login(eli.username, TEST_PASSWORD)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('after failures', () => {
  let app: TestApp;
  const http = { ...testConfig().http, rateLimits: true, trustedProxyHops: 1 };
  beforeAll(async () => {
    app = await startTestApp({ config: { http } });
  });
  afterAll(() => app.close());

  const login = (username: string, password: string, ip = '192.0.2.1') =>
    app.request('POST /auth/login', { body: { username, password }, headers: { 'x-forwarded-for': ip } });

  /** Lets time pass for every counter. */
  const later = (seconds: number) =>
    app.db.execute(sql`UPDATE accounts.attempts SET last_at = last_at - make_interval(secs => ${seconds})`);

  /** A slow machine must not let the first short delays pass between two requests. */
  const fail = async (username: string, times: number, ip?: string) => {
    for (let n = 0; n < times; n += 1) expect((await login(username, 'wrong', ip)).status).toBe(401);
    await later(-5);
  };

  /** Many failures without the price of as many hashes. */
  const countFailures = async (times: number, counter: Counter) => {
    const { attempts } = createContext(app.platform);
    for (let n = 0; n < times; n += 1) await attempts.fail(counter);
  };

  /** The last few failures: four at least, some more when the level drains meanwhile. */
  const failUntilDelayed = async (attempt: (n: number) => Promise<{ status: number }>) => {
    let count = 0;
    while (count < 20 && (await attempt(count)).status === 401) count += 1;
    expect(count).toBeGreaterThanOrEqual(4);
    expect(count).toBeLessThan(20);
    await later(-5);
  };

  it('waits 1, 2, 4, … seconds from the fifth on, even for the right password', async () => {
    const { username } = await app.member();
    await fail(username, 5);
    for (const seconds of [1, 2, 4, 8]) {
      await app.db.execute(sql`UPDATE accounts.attempts SET last_at = now()`);
      const refused = await login(username, TEST_PASSWORD);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBe(seconds);
      await later(seconds);
      expect((await login(username, 'wrong')).status).toBe(401);
    }
    await later(20);
    expect((await login(username, TEST_PASSWORD)).status).toBe(200);
    // A success starts anew.
    await fail(username, 4);
    expect((await login(username, TEST_PASSWORD)).status).toBe(200);
  });

  it('treats a name that nobody has in the same way', async () => {
    await fail('nobody_here', 5);
    expect((await login('nobody_here', 'wrong')).status).toBe(429);
  });

  it('counts address and name in any case as one', async () => {
    const { username } = await app.member();
    await fail(username.toUpperCase(), 3);
    await fail(username, 2);
    expect((await login(username, TEST_PASSWORD)).status).toBe(429);
  });

  it('does not let a stranger lock a person out', async () => {
    const { username } = await app.member();
    await fail(username, 5, '198.51.100.7');
    expect((await login(username, 'wrong', '198.51.100.7')).status).toBe(429);
    expect((await login(username, TEST_PASSWORD, '203.0.113.9')).status).toBe(200);
  });

  it('slows down guessing from many addresses, save for where the person has signed in before', async () => {
    const { username } = await app.member();
    const home = '203.0.113.20';
    expect((await login(username, TEST_PASSWORD, home)).status).toBe(200);
    await countFailures(46, ['account', username]);
    await failUntilDelayed((n) => login(username, 'wrong', `198.51.100.${n}`));
    expect((await login(username, TEST_PASSWORD, '198.51.101.1')).status).toBe(429);
    expect((await login(username, TEST_PASSWORD, home)).status).toBe(200);
  });

  it('slows down one address that tries many names', async () => {
    const { username } = await app.member();
    const ip = '198.51.102.1';
    await countFailures(96, ['address', ip]);
    await failUntilDelayed((n) => login(`guess_${n}`, 'wrong', ip));
    expect((await login(username, TEST_PASSWORD, ip)).status).toBe(429);
    expect((await login(username, TEST_PASSWORD, '203.0.113.30')).status).toBe(200);
  });

  it('lets few guesses through when they come all at once', async () => {
    const { username } = await app.member();
    const answers = await Promise.all(Array.from({ length: 60 }, () => login(username, 'wrong', '198.51.103.1')));
    // Five are free, each hashing slot may have begun one more, and a slow machine lets some short delays pass.
    const judged = answers.filter(({ status }) => status === 401).length;
    expect(judged).toBeLessThanOrEqual(15);
    expect(answers.filter(({ status }) => status === 429).length).toBe(60 - judged);
  });

  it('keeps no address and no name in clear', async () => {
    const { rows } = await app.db.execute<{ key: string }>(sql`SELECT key FROM accounts.attempts`);
    expect(rows.length).toBeGreaterThan(10);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });

  it('is counted in the database, so that it holds in every process', async () => {
    const { username } = await app.member();
    await fail(username, 5);
    const elsewhere = createContext(app.platform);
    await expect(elsewhere.signInAttempts.assertOpen(username, '192.0.2.1')).rejects.toMatchObject({ status: 429 });
  });
});

describe('the wait', () => {
  const rule = { free: 5, firstSeconds: 1, maxSeconds: 900 };
  it('never shrinks with more failures, never exceeds its cap, and ends', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2000 }), fc.float({ min: 0, max: 1000, noNaN: true }), (level, age) => {
        const wait = waitSeconds(rule, level, age);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(900);
        expect(waitSeconds(rule, level + 1, age)).toBeGreaterThanOrEqual(wait);
        expect(waitSeconds(rule, level, age + wait)).toBeCloseTo(0);
        if (level < 5) expect(wait).toBe(0);
      }),
    );
  });
});

describe('the limiter', () => {
  it('runs so many at once, keeps the rest in order, and turns away what does not fit', async () => {
    const run = createLimiter({ concurrency: 2, queue: 3 });
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const work = gates.map((gate, n) =>
      run(async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(n);
        await gate.promise;
        running -= 1;
      }),
    );
    await expect(run(async () => {})).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    for (const gate of gates) gate.resolve();
    await Promise.all(work);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    await expect(run(async () => 'again')).resolves.toBe('again');
  });

  it('gives the place back when the work fails', async () => {
    const run = createLimiter({ concurrency: 1, queue: 1 });
    await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(run(async () => 1)).resolves.toBe(1);
  });
});
