/**
 * `npm run chaos [-- name …]`: kills and cuts real parts under load and counts what is lost, done twice or stuck. One
 * JSON line for each scenario. Options: --kills 200, --steps 100000 for what nothing is killed in, --seed 1. Fails when a count is not 0.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { play } from './play.ts';
import type { PlaysItself, Scenario } from './scenario.ts';

/** Milliseconds that the whole takes at the most. */
const ALL = 590_000;
/** Milliseconds that each scenario has to become quiet, and to open and close. */
const PATIENCE = 35_000;
const AROUND = 8_000;

const known = readdirSync(join(import.meta.dirname, 'scenarios'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '200' },
    steps: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [kills, steps, seed] = [Number(values.kills), Number(values.steps), Number(values.seed)];

if (positionals.some((name) => !known.includes(name)) || !(kills >= 1) || !(steps >= 1) || !Number.isInteger(seed)) {
  console.error(`Usage: npm run chaos -- [${known.join('|')} …] [--kills 200] [--steps 100000] [--seed 1]`);
  process.exitCode = 1;
} else {
  const names = positionals.length > 0 ? positionals : known;
  const end = Date.now() + ALL;
  for (const [index, name] of names.entries()) {
    const found = (await import(`./scenarios/${name}.ts`)) as { scenario: Scenario } | PlaysItself;
    // What one does not use is for those after it.
    const share = (end - Date.now()) / (names.length - index);
    const limits = { trouble: share - PATIENCE - AROUND, patience: PATIENCE };
    if ('playItself' in found) {
      const outcome = await found.playItself({ steps, seed, within: share - AROUND });
      console.log(JSON.stringify(outcome));
      if (found.wrongs.some((count) => outcome[count] !== 0)) process.exitCode = 1;
      continue;
    }
    const { scenario } = found;
    const { outcome, crashed } = await play(name, scenario, { kills, seed, ...limits });
    console.log(JSON.stringify(outcome));
    if (crashed > 0) console.error(`${name}: ${crashed} processes ended by themselves.`);
    if (outcome.lost + outcome.duplicated + outcome.stuck + crashed > 0) process.exitCode = 1;
  }
}
