/** What each request cost, in the log and in the metrics. */
import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import { holdTrace, runInTrace } from './trace.ts';

export const EVENT_STREAM = 'text/event-stream';

interface Start {
  /** Microseconds. */
  cpu: number;
  loop: ReturnType<typeof performance.eventLoopUtilization>;
}

/**
 * Logs duration, CPU time and event-loop use of each request. CPU time and loop use are of the whole process while the
 * request ran, so they are exact for a lone request and an upper bound under load.
 */
export function mountRequestTelemetry(app: FastifyInstance, metrics: Metrics): void {
  mountTrace(app);
  const starts = new WeakMap<FastifyRequest, Start>();
  // The line of a request has nothing in it that could be a secret, and is written so often that looking for one is felt.
  const lines = (app.log as Logger).child({}, { redact: [] });
  const measuresCost = ['trace', 'debug', 'info'].includes(app.log.level);

  app.addHook('onRequest', async (request) => {
    if (measuresCost) starts.set(request, { cpu: cpuNow(), loop: performance.eventLoopUtilization() });
  });

  app.addHook('onResponse', async (request, reply) => {
    // A stream lasts as long as its reader likes; its time says nothing.
    if (reply.raw.getHeader('content-type') === EVENT_STREAM) return;
    const { method } = request;
    // The template, or one word for all that matches none: paths as they come would be labels without end.
    const endpoint = request.routeOptions.url ?? 'unmatched';
    const { statusCode: status, elapsedTime } = reply;
    metrics.observeRequest({ method, endpoint, status }, elapsedTime / 1000);

    const start = starts.get(request);
    if (!start) return;
    lines.info(
      {
        request_id: request.id,
        method,
        endpoint,
        status,
        user_id: request.principal?.user_id,
        duration_ms: round(elapsedTime),
        cpu_ms: round((cpuNow() - start.cpu) / 1000),
        event_loop_use: round(performance.eventLoopUtilization(start.loop).utilization),
      },
      'request',
    );
  });
}

let cpuOfTurn: number | undefined;
/** Microseconds of CPU so far; asked of the system once for all requests of one turn of the event loop. */
function cpuNow(): number {
  if (cpuOfTurn === undefined) {
    const { user, system } = process.cpuUsage();
    cpuOfTurn = user + system;
    setImmediate(() => {
      cpuOfTurn = undefined;
    });
  }
  return cpuOfTurn;
}

/** Each request is a part of the trace that its caller names, or begins one. */
function mountTrace(app: FastifyInstance): void {
  const rejoins = new WeakMap<FastifyRequest, ReturnType<typeof holdTrace>>();
  app.addHook('onRequest', (request, _reply, done) => {
    runInTrace(request.headers.traceparent, () => {
      rejoins.set(request, holdTrace());
      done();
    });
  });
  // Bodies are read by events of the socket, which know nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    const rejoin = rejoins.get(request);
    if (rejoin) rejoin(done);
    else done();
  });
}

const round = (value: number) => Math.round(value * 100) / 100;

/** `/metrics` answers the machine itself and private networks only: figures are for operators. */
export function mountMetrics(
  app: FastifyInstance,
  { registry }: Metrics,
  collect = (): Promise<string> => registry.metrics(),
): void {
  app.get(
    '/metrics',
    { schema: { hide: true }, logLevel: 'warn', config: { shed: 'never' } },
    async (request, reply) => {
      // Behind a proxy that nobody told us of, everybody would have its private address.
      const isForwarded = request.headers['x-forwarded-for'] !== undefined && request.ips?.length === 1;
      if (isForwarded || !isPrivateAddress(request.ip)) return reply.callNotFound();
      return reply
        .header('cache-control', 'no-store')
        .type(registry.contentType)
        .send(await collect());
    },
  );
}

const isPrivateAddress = (ip: string) =>
  /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i.test(ip);
