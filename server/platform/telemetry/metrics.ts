/** Prometheus metrics, with the names that the scalability guide gives them. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CheckedPool } from '../database/pool.ts';

const ACTIVE_WINDOW = 5 * 60_000;

export interface Metrics {
  registry: Registry;
  /** `endpoint` is the route template, so that its values stay few. */
  observeRequest(labels: { method: string; endpoint: string; status: number }, seconds: number): void;
  /** Somebody signed in did something; they count as active for five minutes. */
  seen(userId: number): void;
  /**
   * A counter of a module's own.
   * @param collect adds what was counted elsewhere, when somebody asks: for what happens so often that counting by labels would be felt
   */
  counter<L extends string = never>(
    name: string,
    help: string,
    labelNames?: readonly L[],
    collect?: (counter: Counter<L>) => void,
  ): Counter<L>;
  /** A gauge that is read when somebody asks for the metrics. */
  gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    read: () => Promise<{ labels: Record<L, string>; value: number }[]>,
    options?: {
      /** Every process reads the same figure, so those of several are one and no sum. */
      isShared?: boolean;
    },
  ): void;
}

export function createMetrics(pools: Record<string, CheckedPool>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Total HTTP requests',
    labelNames: ['method', 'endpoint', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'HTTP request duration in seconds',
    labelNames: ['method', 'endpoint'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

  const lastSeen = new Map<number, number>();
  new Gauge({
    name: 'active_users',
    help: 'Signed-in users seen by this process in the last five minutes',
    registers: [registry],
    collect() {
      const since = Date.now() - ACTIVE_WINDOW;
      for (const [id, at] of lastSeen) if (at < since) lastSeen.delete(id);
      this.set(lastSeen.size);
    },
  });
  new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of a pool by state; waiting are requests without one',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [name, pool] of Object.entries(pools)) {
        this.set({ pool: name, state: 'idle' }, pool.idleCount);
        this.set({ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount);
        this.set({ pool: name, state: 'waiting' }, pool.waitingCount + pool.counts.patient);
      }
    },
  });
  new Counter({
    name: 'database_pool_refused_total',
    help: 'Requests that were turned away with 503, since too many waited for a connection',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [name, pool] of Object.entries(pools)) this.inc({ pool: name }, pool.counts.refused);
    },
  });

  return {
    registry,
    observeRequest({ method, endpoint, status }, seconds) {
      requests.inc({ method, endpoint, status });
      duration.observe({ method, endpoint }, seconds);
    },
    seen: (userId) => lastSeen.set(userId, Date.now()),
    counter: (name, help, labelNames = [], collect = undefined) =>
      new Counter({
        name,
        help,
        labelNames,
        registers: [registry],
        ...(collect && {
          collect() {
            collect(this);
          },
        }),
      }),
    gauge(name, help, labelNames, read, { isShared = false } = {}) {
      new Gauge({
        name,
        help,
        labelNames,
        aggregator: isShared ? 'max' : 'sum',
        registers: [registry],
        async collect() {
          // Metrics are wanted most while the database does not answer.
          const values = await read().catch(() => []);
          this.reset();
          for (const { labels, value } of values) this.set(labels, value);
        },
      });
    },
  };
}
