/**
 * `npm run bench -- miss-storm`: how often something is loaded that nobody has yet, when 10,000 ask for it at once in four
 * processes with a Redis between them.
 */
import { join } from 'node:path';
import { startRedisServer } from '../server/platform/testing/redis-server.ts';
import { startChild } from './children.ts';
import { onOwnStage } from './own-stage.ts';
import { median } from './statistics.ts';
import type { StormAnswer, StormQuestion } from './storm-child.ts';

const PROCESSES = 4;
const MISSES = 10_000;

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  await onOwnStage(async ({ databaseUrl }) => {
    const redis = await startRedisServer();
    const file = join(import.meta.dirname, 'storm-child.ts');
    const children = await Promise.all(
      Array.from({ length: PROCESSES }, () => startChild<StormQuestion, StormAnswer>(file)),
    );
    try {
      await Promise.all(children.map((child) => child.ask({ open: { databaseUrl, redisUrl: redis.url } })));
      const loads: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const storm = { key: `storm ${round}`, reads: MISSES / PROCESSES };
        const answers = await Promise.all(children.map((child) => child.ask({ storm })));
        loads.push(answers.reduce((sum, answer) => sum + answer.loads, 0));
      }
      const ours = median(loads);
      const details = { loads_min: Math.min(...loads), loads_max: Math.max(...loads), misses: MISSES, rounds };
      print({ bench: 'miss-storm', ours, reference: 1, ratio: ours, unit: 'loads', processes: PROCESSES, ...details });
    } finally {
      await Promise.all(children.map((child) => child.stop()));
      await redis.close();
    }
  });
}
