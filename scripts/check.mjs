/** Everything that can be known without running the product. All checks run, so that one run shows every finding. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const checks = [
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'types of the web', command: 'tsc', args: ['--noEmit', '-p', 'web'] },
  { name: 'lint and format', command: 'biome', args: ['ci', '.', '--colors=off'] },
  { name: 'walls', command: 'node', args: ['scripts/walls.mjs'] },
  { name: 'words', command: 'node', args: ['scripts/messages.mjs'] },
  { name: 'budgets of the web', command: 'node', args: ['scripts/budgets.mjs'] },
  { name: 'dead code', command: 'knip', args: [] },
  { name: 'OpenAPI drift', command: 'node', args: ['scripts/openapi-drift.ts'], script: 'scripts/openapi-drift.ts' },
];

const failed = [];
for (const { name, command, args, script } of checks) {
  if (script && !existsSync(script)) continue;
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks pass.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
