/** Health: alive answers while the process runs, ready and overall ask the database. */
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/database.ts';
import { API_BASE } from './routes.ts';

const DATABASE_DEADLINE = 2000;

export function mountHealth(app: FastifyInstance, { db, isStopping }: { db: Db; isStopping: () => boolean }): void {
  // Probes share one question, so that those of a hung database do not pile up behind each other.
  let asked: Promise<boolean> | undefined;
  const ask = () => {
    asked ??= db
      .execute(sql`SELECT 1`)
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  const databaseAnswers = async () => {
    const deadline = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => deadline.resolve(false), DATABASE_DEADLINE);
    const answered = await Promise.race([ask(), deadline.promise]);
    clearTimeout(timer);
    return answered;
  };

  const hidden = { schema: { hide: true }, logLevel: 'warn' as const, config: { shed: 'never' as const } };
  for (const base of ['', API_BASE]) {
    app.get(`${base}/health/live`, hidden, async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { status: 'ok' };
    });
    app.get(`${base}/health/ready`, hidden, async (_request, reply) => {
      const ready = !isStopping() && (await databaseAnswers());
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
      return { status: ready ? 'ready' : 'not_ready' };
    });
    app.get(`${base}/health`, hidden, async (_request, reply) => {
      const healthy = await databaseAnswers();
      reply.code(healthy ? 200 : 503).header('cache-control', 'no-store');
      return { status: healthy ? 'healthy' : 'unhealthy', service: 'collabthon' };
    });
  }
}
