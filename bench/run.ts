/**
 * `npm run bench [-- name …]`: what we do against the bare part that does it, in the same run. One JSON line for each
 * measure; `ratio` is ours to the reference. Options: --rounds 5, --seconds 2.5 of each turn.
 */
import { parseArgs } from 'node:util';
import { runContest } from './harness.ts';
import { measures } from './measures.ts';
import { openStage } from './stage.ts';

/** Measures that bring a stage of their own. */
interface Standalone {
  run(print: (line: object) => void, turns: { rounds: number; seconds: number }): Promise<void>;
}
const standalone: Record<string, () => Promise<Standalone>> = {
  search: () => import('./search.ts'),
  recommendations: () => import('./recommendations.ts'),
  jobs: () => import('./jobs.ts'),
  'enqueue-to-start': () => import('./enqueue-to-start.ts'),
  saga: () => import('./saga.ts'),
  streams: () => import('./streams.ts'),
  router: () => import('./router.ts'),
  telemetry: () => import('./telemetry.ts'),
  limiter: () => import('./limiter.ts'),
  'cache-get': () => import('./cache-get.ts'),
  'miss-storm': () => import('./miss-storm.ts'),
};

const known = [...Object.keys(measures), ...Object.keys(standalone)];
const print = (line: object) => console.log(JSON.stringify(line));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2.5' } },
});
const turns = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
const unknown = positionals.filter((name) => !known.includes(name));

if (unknown.length > 0 || !(turns.rounds >= 1) || !(turns.seconds >= 1)) {
  console.error(`Usage: npm run bench -- [${known.join('|')} …] [--rounds 5] [--seconds 2.5]`);
  process.exitCode = 1;
} else {
  const wanted = positionals.length > 0 ? positionals : known;
  await runOnStage(wanted.filter((name) => name in measures));
  for (const name of wanted) await (await standalone[name]?.())?.run(print, turns);
}

async function runOnStage(names: string[]): Promise<void> {
  if (names.length === 0) return;
  const stage = await openStage();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stage.close().finally(() => process.exit(1)));
  }
  try {
    const { postgresVersion, isPinned } = stage;
    print({
      node: process.version,
      postgres: postgresVersion,
      fsync: 'on',
      connections: 64,
      pinned: isPinned,
      ...turns,
    });
    for (const name of names) {
      const contest = await measures[name]?.(stage);
      if (contest) print(await runContest(contest, turns));
    }
  } finally {
    await stage.close();
  }
}
