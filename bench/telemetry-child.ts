/** A service that logs as in production; or one that was built without whatever tells of a request. */
import { registerHooks } from 'node:module';
import type { Service } from '../server/platform/service.ts';
import { answerParent } from './children.ts';

export type TelemetryQuestion = { databaseUrl: string; isTold: boolean } | 'cpu';
export interface TelemetryAnswer {
  url: string;
  /** Microseconds of CPU so far. */
  cpu: number;
}

let service: Service | undefined;
let url = '';

answerParent<TelemetryQuestion, TelemetryAnswer>(
  async (question) => {
    if (question !== 'cpu') url = await start(question);
    const { user, system } = process.cpuUsage();
    return { url, cpu: user + system };
  },
  async () => service?.stop(),
);

async function start({ databaseUrl, isTold }: Exclude<TelemetryQuestion, 'cpu'>): Promise<string> {
  if (!isTold) leaveOutTelemetry();
  const [{ createService }, { allModules }, { benchConfig }] = await Promise.all([
    import('../server/platform/service.ts'),
    import('../server/services/modules.ts'),
    import('./config.ts'),
  ]);
  const config = { ...benchConfig(), log: { level: isTold ? 'info' : 'silent' } as const };
  service = await createService({ config, databaseUrl, modules: allModules, work: false });
  return service.listen();
}

/** There is no switch for it in the product, so the module is exchanged for one that does nothing. */
function leaveOutTelemetry(): void {
  registerHooks({
    load(address, context, next) {
      if (!address.endsWith('/platform/telemetry/requests.ts')) return next(address, context);
      const source = `
        export const EVENT_STREAM = 'text/event-stream';
        export const mountRequestTelemetry = () => {};
        export const mountMetrics = () => {};`;
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
