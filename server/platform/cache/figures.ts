/** How well the cache does, as metrics. */
import type { Metrics } from '../telemetry/metrics.ts';

export function reportCache(metrics: Metrics, size: () => number) {
  const hits = metrics.counter('cache_hits_total', 'Reads that were answered from a tier of the cache', ['tier']);
  const misses = metrics.counter('cache_misses_total', 'Reads that memory had no answer to, and nobody was making one');
  const coalesced = metrics.counter('cache_coalesced_total', 'Reads that waited for the answer of another');
  const stale = metrics.counter(
    'cache_stale_total',
    'Answers past their time while a new one was made or none could be',
  );
  const loads = metrics.counter('cache_loads_total', 'Answers that were made anew');
  const redisErrors = metrics.counter('cache_redis_errors_total', 'Commands to Redis that failed or took too long');
  metrics.gauge('cache_bytes', 'Memory that the cache takes in this process, about', [], async () => [
    { labels: {}, value: size() },
  ]);
  return {
    hit: (tier: 'memory' | 'redis') => hits.inc({ tier }),
    missed: () => misses.inc(),
    coalesced: () => coalesced.inc(),
    stale: () => stale.inc(),
    loaded: () => loads.inc(),
    redisFailed: () => redisErrors.inc(),
  };
}
