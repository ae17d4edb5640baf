/**
 * Keeps docs/openapi.json the description that the running validators give: `node scripts/openapi-drift.ts` fails when
 * they differ, `--write` brings the file up to date. A change of the API is so always seen in review.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { RouteSpec } from '@collabthon/contracts/contract';
import { routes } from '@collabthon/contracts/index';
import fastify from 'fastify';
import { testConfig } from '../server/platform/config/test-config.ts';
import { mountOpenApi } from '../server/platform/http/openapi.ts';
import { mountRoute } from '../server/platform/http/routes.ts';
import { validatorCompiler } from '../server/platform/http/validation.ts';

const file = new URL('../docs/openapi.json', import.meta.url);

const app = fastify();
app.setValidatorCompiler(validatorCompiler);
await mountOpenApi(app, testConfig());
for (const [key, spec] of Object.entries(routes) as [string, RouteSpec][]) {
  mountRoute(app, { key, spec, handle: async () => undefined });
}
await app.ready();
const current = `${JSON.stringify(app.swagger(), null, 1)}\n`;
await app.close();

if (process.argv.includes('--write')) {
  await writeFile(file, current);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== current) {
  console.error(
    'docs/openapi.json is not what the routes say. Run node scripts/openapi-drift.ts --write and look at the change.',
  );
  process.exitCode = 1;
}
