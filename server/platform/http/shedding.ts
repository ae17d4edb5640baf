/**
 * Turning requests away while there is more to do than can be done, so that what is let in is answered in time. Each is
 * refused before anything is spent on it. Signing in goes on for longer than the rest, health and metrics always; what has been
 * let in is finished, and streams stay open.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { overloaded } from '../database/pool.ts';
import type { Metrics } from '../telemetry/metrics.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** There is too much to do for what can do with less. One that asks counts as turned away if so. */
    isPressed(): boolean;
  }
  interface FastifyContextConfig {
    /** `late`: turned away after everything else; `never`. */
    shed?: 'late' | 'never';
  }
}

interface Load {
  /** Milliseconds by which the event loop was late on average, for a second. */
  loopDelay: number;
  /** Requests that wait for a connection to the database, to as many as may. */
  queue: number;
}

/** From where on most requests are refused, and from where on those are that go late. */
const bounds = {
  soon: { loopDelay: 250, queue: 0.75 },
  late: { loopDelay: 1000, queue: 1 },
};

const SAMPLE = 500;
/** In which timers of a loop that is not late fire, milliseconds. */
const RESOLUTION = 20;

/**
 * @param queueOf the database: how many wait, to as many as may
 * @returns for `isPressed`
 */
export function mountShedding(app: FastifyInstance, metrics: Metrics, queueOf: () => number): () => boolean {
  const shed = metrics.counter('requests_shed_total', 'Requests turned away because there was too much to do', [
    'reason',
  ]);
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  let loopDelay = 0;
  let latest = 0;
  const sample = setInterval(() => {
    const before = latest;
    latest = histogram.count > 0 ? Math.max(0, histogram.mean / 1e6 - RESOLUTION) : 0;
    // One long turn, as at the start, is no overload: it has to be late twice in a row.
    loopDelay = Math.min(before, latest);
    histogram.reset();
  }, SAMPLE);
  sample.unref();
  app.addHook('onClose', async () => {
    clearInterval(sample);
    histogram.disable();
  });

  const refuses = (rule: keyof typeof bounds): boolean => {
    const reason = reasonOf({ loopDelay, queue: queueOf() }, rule);
    if (reason) shed.inc({ reason });
    return reason !== null;
  };
  app.addHook('onRequest', (request, _reply, done) => {
    const { shed: rule = 'soon' } = request.routeOptions.config;
    if (rule !== 'never' && refuses(rule)) done(overloaded());
    else done();
  });
  return () => refuses('soon');
}

function reasonOf({ loopDelay, queue }: Load, rule: keyof typeof bounds): 'event_loop' | 'database' | null {
  if (queue >= bounds[rule].queue) return 'database';
  return loopDelay >= bounds[rule].loopDelay ? 'event_loop' : null;
}
