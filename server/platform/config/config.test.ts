import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, projectRoot, readConfig } from './config.ts';
import { describeFailure } from './environment.ts';
import { completeSecrets, makeSigningKey } from './secrets.ts';
import { variables } from './variables.ts';

const problemsOf = (env: Record<string, string>, argv: string[] = []): string[] => {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('readConfig', () => {
  it('needs nothing, and then keeps the demo to this machine', () => {
    const config = readConfig({});
    expect(config.demo).toBe(true);
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8000, publicUrl: 'http://localhost:8000' });
    expect(config.database.url).toBeNull();
    expect(config.secrets.signingKey).toBeNull();
    expect(config.dataDir).toBe(join(projectRoot, 'data'));
  });

  it('lets options win over variables, and takes an empty variable for an unset one', () => {
    const config = readConfig({ PORT: '9000', HOST: '', DEMO: 'on' }, [
      '--port=9001',
      '--no-demo',
      '--data-dir',
      '/srv/x',
    ]);
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 9001 });
    expect(config).toMatchObject({ demo: false, dataDir: '/srv/x' });
  });

  it('lists every problem at once', () => {
    const problems = problemsOf(
      { PORT: '80000', RATE_LIMITS: 'maybe', GOOGLE_CLIENT_ID: 'x', OIDC_ISSUER: 'http://elsewhere.example' },
      ['--prot', '9', '--host'],
    );
    for (const name of ['PORT', 'RATE_LIMITS', 'GOOGLE_CLIENT_ID', 'OIDC_ISSUER', '--prot', '--host']) {
      expect(
        problems.filter((problem) => problem.startsWith(name)),
        name,
      ).toHaveLength(1);
    }
  });

  it('never repeats a secret', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      SIGNING_KEY: '{"d":"hunter2"}',
      REDIS_URL: 'http://:hunter2@cache',
      SMTP_URL: 'hunter2',
      VAPID_PRIVATE_KEY: 'hunter2',
    });
    expect(problems).toHaveLength(5);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('lets a database have replicas of its own kind', () => {
    const [url, replica] = ['postgresql://a:b@one/c', 'postgresql://a:b@two/c'];
    expect(readConfig({ REPLICAS: '2' }).database).toEqual({ url: null, replicas: 2, replicaUrls: [] });
    expect(readConfig({ DATABASE_URL: url, REPLICA_DATABASE_URLS: `${replica}, ${replica}` }).database).toEqual({
      url,
      replicas: 0,
      replicaUrls: [replica, replica],
    });
    expect(problemsOf({ DATABASE_URL: url, REPLICAS: '1' })).toHaveLength(1);
    expect(problemsOf({ REPLICA_DATABASE_URLS: replica })).toHaveLength(1);
    expect(problemsOf({ DATABASE_URL: url, REPLICA_DATABASE_URLS: 'mysql://a:hunter2@two/c' }).join()).toMatch(
      /^REPLICA_DATABASE_URLS: (?!.*hunter2)/,
    );
  });

  it('has no demo and no made-up key in production', () => {
    expect(problemsOf({ NODE_ENV: 'production', DEMO: 'on' }).map((problem) => problem.split(':')[0])).toEqual([
      'DEMO',
      'SIGNING_KEY',
    ]);
    const config = readConfig({ NODE_ENV: 'production', SIGNING_KEY: JSON.stringify(makeSigningKey()) });
    expect(config).toMatchObject({ demo: false, http: { host: '0.0.0.0' }, log: { level: 'info' } });
  });

  it('refuses a signing key whose halves do not belong together', () => {
    const [one, other] = [makeSigningKey(), makeSigningKey()];
    expect(problemsOf({ SIGNING_KEY: JSON.stringify({ ...one, x: 'short' }) })).toHaveLength(1);
    expect(problemsOf({ SIGNING_KEY: JSON.stringify({ ...one, x: other.x }) })).toHaveLength(1);
    expect(problemsOf({ SIGNING_KEY: JSON.stringify(one) })).toEqual([]);
  });

  it('knows Google, GitHub and any other provider', () => {
    const keys = (prefix: string) => ({ [`${prefix}_CLIENT_ID`]: 'id', [`${prefix}_CLIENT_SECRET`]: 'secret' });
    const { oidc } = readConfig({
      ...keys('GOOGLE'),
      ...keys('GITHUB'),
      ...keys('OIDC'),
      OIDC_ISSUER: 'http://localhost:4000',
      OIDC_NAME: 'Example College',
    });
    expect(oidc.map(({ id, kind, name }) => [id, kind, name])).toEqual([
      ['google', 'oidc', 'Google'],
      ['github', 'github', 'GitHub'],
      ['oidc', 'oidc', 'Example College'],
    ]);
  });
});

describe('what is said about the settings', () => {
  it('--help names every variable and every option', () => {
    const help = describeConfig();
    for (const [name, { flag, about }] of Object.entries(variables)) {
      expect(help).toContain(`  ${name}${flag ? `, --${flag}` : ''}\n`);
      expect(help).toContain(about);
    }
  });

  it('.env.example names every variable once, and its values are accepted', () => {
    const lines = readFileSync(join(projectRoot, '.env.example'), 'utf8').split('\n');
    const settings = lines.map((line) => /^# ([A-Z][A-Z0-9_]*)=(.*)$/.exec(line)).filter((match) => match !== null);
    expect(settings.map(([, name]) => name).toSorted()).toEqual(Object.keys(variables).toSorted());
    const single = settings.map(([, name = '', value = '']) => problemsOf({ [name]: value }));
    expect(single.flat().filter((problem) => !problem.includes('give all of them'))).toEqual([]);
  });

  it('a problem is one line without a stack', () => {
    const [problem] = [new ConfigError(['PORT: no', 'HOST: no'])].map(describeFailure);
    expect(problem).toBe('The configuration is not usable: PORT: no; HOST: no. See npm start -- --help');
  });
});

describe('the signing key', () => {
  const folder = mkdtempSync('/tmp/collabthon-secrets-');
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, kept for its owner only, and stays the same', () => {
    const settings = readConfig({ DATA_DIR: join(folder, 'data') });
    const first = completeSecrets(settings).secrets.signingKey;
    expect(first).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
    expect(completeSecrets(settings).secrets.signingKey).toEqual(first);
    expect(statSync(join(folder, 'data/signing-key.json')).mode & 0o777).toBe(0o600);
  });
});
