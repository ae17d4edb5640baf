/** A complete configuration for tests: any free port, no demo, a key of its own. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from './config.ts';
import { makeSigningKey } from './secrets.ts';

/** `overrides` replace whole groups, e.g. `{ http: { ...testConfig().http, rateLimits: true } }`. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  const settings = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    PUBLIC_URL: 'http://localhost:8000',
    DEMO: 'off',
    RATE_LIMITS: 'off',
    LOAD_SHEDDING: 'off',
    LOG_LEVEL: 'silent',
    DATA_DIR: join(tmpdir(), 'collabthon-test'),
  });
  return { ...settings, secrets: { signingKey: makeSigningKey() }, ...overrides };
}
