/** Where reads go and why, and how the replicas are, as metrics. */
import type { Metrics } from '../telemetry/metrics.ts';
import type { Host } from './host.ts';
import type { Place } from './reading.ts';

/**
 * Why a read went where it did: anywhere, by itself (free), to the replica of its session (home), to where its request had
 * read before (pinned), or there because the others had not come far enough (token), lagged or were down.
 */
export type Reason = 'free' | 'home' | 'pinned' | 'token' | 'lag' | 'down';

export function reportReads(metrics: Metrics, hosts: readonly Host[]) {
  /** Since somebody last asked. */
  const counts = new Map<Place, Map<Reason, number>>();
  metrics.counter(
    'database_reads_total',
    'Reads that a replica may answer, by where they went and why',
    ['host', 'reason'],
    (reads) => {
      for (const [place, reasons] of counts)
        for (const [reason, count] of reasons)
          reads.inc({ host: place === 'primary' ? place : place.name, reason }, count);
      counts.clear();
    },
  );
  const waits = metrics.counter('database_read_waits_total', 'Reads that waited for a replica to come far enough');
  const waited = metrics.counter('database_read_wait_seconds_total', 'How long they waited');
  const perHost = (name: string, help: string, read: (host: Host) => number) =>
    metrics.gauge(
      name,
      help,
      ['host'],
      async () => hosts.map((host) => ({ labels: { host: host.name }, value: read(host) })),
      { isShared: true },
    );
  perHost(
    'database_replica_lag_seconds',
    'How old what the replica has is; 0 with all that the primary has',
    (host) => host.lag().seconds,
  );
  perHost('database_replica_lag_bytes', 'What the replica has not replayed yet', (host) => host.lag().bytes);
  perHost('database_replica_out', '1 while nobody reads from the replica', (host) => (host.isOnline() ? 0 : 1));

  return {
    count(place: Place, reason: Reason) {
      const reasons = counts.get(place) ?? new Map<Reason, number>();
      counts.set(place, reasons);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    waited(seconds: number) {
      waits.inc();
      waited.inc(seconds);
    },
  };
}
