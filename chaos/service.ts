/** How scenarios open a service: on their database, with few connections, each given back when it is idle. */
import { testConfig } from '../server/platform/config/test-config.ts';
import { createService, type Service, type ServiceOptions } from '../server/platform/service.ts';

export const openService = (
  databaseUrl: string,
  { config, ...options }: Pick<ServiceOptions, 'modules' | 'work'> & { config?: Parameters<typeof testConfig>[0] },
): Promise<Service> =>
  createService({
    config: testConfig(config),
    databaseUrl,
    poolLimits: { kept: 0, burst: 15, queue: 1000 },
    ...options,
  });
