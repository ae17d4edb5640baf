/**
 * `npm run chaos [-- name …]`: kills and cuts real parts under load and counts what is lost, done twice or stuck. One
 * JSON line for each scenario. Options: --kills 200, --seed 1. Fails when a count is not 0.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { play } from './play.ts';
import type { Scenario } from './scenario.ts';

const MINUTE = 60_000;
/** Of all scenarios together, so that the whole ends within 10 minutes. */
const TROUBLE = 6 * MINUTE;
const PATIENCE = 3 * MINUTE;

const known = readdirSync(join(import.meta.dirname, 'scenarios'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];

if (positionals.some((name) => !known.includes(name)) || !(kills >= 1) || !Number.isInteger(seed)) {
  console.error(`Usage: npm run chaos -- [${known.join('|')} …] [--kills 200] [--seed 1]`);
  process.exitCode = 1;
} else {
  const names = positionals.length > 0 ? positionals : known;
  for (const name of names) {
    const { scenario } = (await import(`./scenarios/${name}.ts`)) as { scenario: Scenario };
    const limits = { trouble: TROUBLE / names.length, patience: PATIENCE / names.length };
    const { outcome, crashed } = await play(name, scenario, { kills, seed, ...limits });
    console.log(JSON.stringify(outcome));
    if (crashed > 0) console.error(`${name}: ${crashed} processes ended by themselves.`);
    if (outcome.lost + outcome.duplicated + outcome.stuck + crashed > 0) process.exitCode = 1;
  }
}
