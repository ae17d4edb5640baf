/** The configuration that is measured: as shipped, but for the limits that would end every measurement. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../server/platform/config/config.ts';
import { makeSigningKey } from '../server/platform/config/secrets.ts';

export const benchConfig = (): Config => ({
  ...readConfig({
    PORT: '0',
    DEMO: 'off',
    RATE_LIMITS: 'off',
    DATA_DIR: join(tmpdir(), 'collabthon-bench'),
  }),
  secrets: { signingKey: makeSigningKey() },
});
