/**
 * `npm run bench -- telemetry`: requests with metrics, a trace and a log line each, as in production, against the same
 * service without any of it. `telemetry` reads one project from the database; `telemetry_bare` does nothing else.
 */
import { join } from 'node:path';
import { type Child, startChild } from './children.ts';
import { type HttpLoad, loadHttpToTheEnd, type Measured, runContest } from './harness.ts';
import { openStage, paths } from './stage.ts';
import type { TelemetryAnswer, TelemetryQuestion } from './telemetry-child.ts';

type Service = Child<TelemetryQuestion, TelemetryAnswer>;

export async function run(print: (line: object) => void, turns: { rounds: number; seconds: number }): Promise<void> {
  const stage = await openStage();
  const children: Service[] = [];
  try {
    const start = async (isTold: boolean) => {
      const child: Service = await startChild(join(import.meta.dirname, 'telemetry-child.ts'), { output: 'ignore' });
      children.push(child);
      const { url } = await child.ask({ databaseUrl: stage.databaseUrl, isTold });
      return (path: string) => (seconds: number) => overHttp(child, { url: url + path }, seconds);
    };
    const [told, quiet] = [await start(true), await start(false)];
    for (const [bench, path] of [
      ['telemetry', paths.row(stage.projectId)],
      ['telemetry_bare', '/api/v1/health/live'],
    ] as const) {
      print(await runContest({ bench, unit: 'requests/s', ours: told(path), reference: quiet(path) }, turns));
    }
  } finally {
    for (const child of children) await child.stop();
    await stage.close();
  }
}

async function overHttp(child: Service, load: HttpLoad, seconds: number): Promise<Measured> {
  const { cpu: before } = await child.ask('cpu');
  const { count, seconds: took } = await loadHttpToTheEnd(load, seconds);
  const { cpu: after } = await child.ask('cpu');
  return { per_second: count / took, cpu_us: (after - before) / count };
}
