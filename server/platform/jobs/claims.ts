/**
 * The claims of one process on jobs of one queue: taken, kept alive and settled. Every settlement names the attempt that
 * was fetched, so that it does nothing once another process has taken the job over.
 */
import type { JobAttempt, PgBoss } from 'pg-boss';

export interface Claimed extends JobAttempt {
  data: Record<string, unknown>;
}

export interface Claims<J extends Claimed = Claimed> {
  fetch(limit: number): Promise<J[]>;
  /** Recorded together with others that end at about the same time; resolves when it is. */
  complete(job: J): Promise<void>;
  /** To be tried again after its back-off, or given up if that was the last try. */
  fail(job: J, reason: string): Promise<void>;
  /** To the dead letters, whatever tries are left. */
  giveUp(job: J, reason: string): Promise<void>;
  /** Back into the queue as if it had not been fetched, not before so many milliseconds have passed. */
  release(jobs: J[], milliseconds?: number): Promise<void>;
  /** Says that this process lives and works on them. @returns those that are not its own any more */
  touch(jobs: J[]): Promise<J[]>;
}

export function createClaims(boss: PgBoss, queue: string): Claims {
  const run = (text: string, values: unknown[]) => boss.getDb().executeSql(text, values);
  const complete = coalesced((jobs: JobAttempt[]) => boss.complete(queue, jobs));

  return {
    async fetch(limit) {
      const jobs = await boss.fetch<Record<string, unknown> | null>(queue, { batchSize: limit });
      return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, data: data ?? {} }));
    },
    complete,
    async fail(job, reason) {
      await boss.fail(queue, [attempt(job)], { message: reason });
    },
    async giveUp(job, reason) {
      // pg-boss gives up at once for its own workers only; for others it does when no try is left.
      await run(
        `UPDATE pgboss.job SET retry_limit = retry_count
         WHERE name = $1 AND id = $2 AND retry_count = $3 AND state = 'active'`,
        [queue, job.id, job.retryCount],
      );
      await boss.fail(queue, [attempt(job)], { message: reason });
    },
    async release(jobs, milliseconds = 0) {
      if (jobs.length === 0) return;
      await run(
        `UPDATE pgboss.job j
         SET state = 'created', started_on = NULL, heartbeat_on = NULL,
           start_after = greatest(j.start_after, now() + $4 * interval '1 millisecond')
         FROM unnest($2::uuid[], $3::int[]) AS held (id, retry_count)
         WHERE j.name = $1 AND j.id = held.id AND j.retry_count = held.retry_count AND j.state = 'active'`,
        [queue, jobs.map(({ id }) => id), jobs.map(({ retryCount }) => retryCount), milliseconds],
      );
    },
    async touch(jobs) {
      const { settled = [] } = (await boss.touch(queue, jobs.map(attempt))) as { settled?: string[] };
      return jobs.filter(({ id }) => !settled.includes(id));
    },
  };
}

const attempt = ({ id, retryCount }: JobAttempt): JobAttempt => ({ id, retryCount });

/**
 * Gathers what comes while a statement is under way, for the next one: under load one statement settles many jobs, and a
 * lone job does not wait.
 */
function coalesced(settle: (jobs: JobAttempt[]) => Promise<unknown>): (job: JobAttempt) => Promise<void> {
  let gathered: { jobs: JobAttempt[]; settled: Promise<void> } | undefined;
  let before: Promise<unknown> = Promise.resolve();
  return (job) => {
    if (!gathered) {
      const group = { jobs: [] as JobAttempt[], settled: Promise.resolve() };
      group.settled = before.then(async () => {
        gathered = undefined;
        await settle(group.jobs);
      });
      before = group.settled.catch(() => {});
      gathered = group;
    }
    gathered.jobs.push(attempt(job));
    return gathered.settled;
  };
}
