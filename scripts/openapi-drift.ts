/**
 * Keeps docs/openapi.json the description that the running validators give: `node scripts/openapi-drift.ts` fails when
 * they differ, `--write` brings the file up to date. A change of the API is so always seen in review.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { routes } from '../contracts/src/index.ts';
import { testConfig } from '../server/platform/config/test-config.ts';
import { describeApi } from '../server/platform/http/openapi.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
const current = `${JSON.stringify(await describeApi(routes, testConfig()), null, 1)}\n`;

if (process.argv.includes('--write')) {
  await writeFile(file, current);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== current) {
  console.error(
    'docs/openapi.json differs from the routes. Run `node scripts/openapi-drift.ts --write`, look at the change.',
  );
  process.exitCode = 1;
}
