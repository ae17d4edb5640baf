/** Where limits are counted: in this process, or with others in Redis. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../database/database.ts';
import { installationOf } from '../realtime/words.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createLocalLimiter, type Limiter } from './gcra.ts';

interface LimiterParts {
  db: Db;
  log: FastifyBaseLogger;
  metrics: Metrics;
  /** Null: each process counts for itself, its part of each quota. */
  redisUrl: string | null;
  /** That this start has. */
  processes: number;
}

export async function createLimiter({ redisUrl, processes, db, ...parts }: LimiterParts): Promise<Limiter> {
  const local = createLocalLimiter(processes);
  if (redisUrl === null) return local;
  // Loaded on demand: who has no Redis needs none of its client.
  const { createRedisLimiter } = await import('./redis-limiter.ts');
  // One slot of a Redis cluster, since what one caller takes of several policies is taken together.
  const prefix = `{collabthon_limits:${await installationOf(db)}}:`;
  const localDecisions = parts.metrics.counter(
    'rate_limit_local_decisions_total',
    'What was let in or refused by a part of the limits, because Redis was away',
  );
  return createRedisLimiter(redisUrl, prefix, { ...parts, local, onLocal: () => localDecisions.inc() });
}
