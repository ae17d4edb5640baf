/**
 * The configuration that is measured: as shipped, but for the limits that would end every measurement, and for the cache,
 * which would answer most of them.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, projectRoot, readConfig } from '../server/platform/config/config.ts';
import { makeSigningKey } from '../server/platform/config/secrets.ts';

/** What the build made for browsers. */
export const webFolder = join(projectRoot, 'web/dist/client');

export const benchConfig = (): Config => ({
  ...readConfig({
    PORT: '0',
    DEMO: 'off',
    RATE_LIMITS: 'off',
    CACHE_MEGABYTES: '0',
    DATA_DIR: join(tmpdir(), 'collabthon-bench'),
  }),
  secrets: { signingKey: makeSigningKey() },
});
