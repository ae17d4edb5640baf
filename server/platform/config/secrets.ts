/** Secrets that nobody has to think of: made on the first run, kept in the data folder, readable by its owner only. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Settings } from './config.ts';
import { makeFolder } from './folder.ts';
import { type SigningKey, signingKey } from './parsers.ts';

/** Fills in the signing key: the given one, else the one in the data folder, else a new one kept there. */
export function completeSecrets(settings: Settings): Config {
  const key = settings.secrets.signingKey ?? keptSigningKey(settings.dataDir);
  return { ...settings, secrets: { signingKey: key } };
}

export function makeSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKey(JSON.stringify(privateKey.export({ format: 'jwk' })));
}

function keptSigningKey(dataDir: string): SigningKey {
  return signingKey(keepSecret(dataDir, 'signing-key.json', () => JSON.stringify(makeSigningKey())));
}

/**
 * The text of a secret file, made by `make` when there is none. The finished file appears under its name at once, so
 * of two processes that start together one wins, the other reads the winner's, and a crash leaves no half a secret.
 */
export function keepSecret(folder: string, name: string, make: () => string): string {
  const file = join(folder, name);
  makeFolder(folder);
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, make(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}
