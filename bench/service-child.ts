/**
 * The measured service: everything that `npm start` mounts but the pages, on the database that it is told. What it leaves to
 * jobs is not done meanwhile; that has measures of its own.
 */

import { createService, type Service } from '../server/platform/service.ts';
import { allModules } from '../server/services/modules.ts';
import { mountAssets } from '../server/services/web/assets.ts';
import { answerParent } from './children.ts';
import { benchConfig, webFolder } from './config.ts';

/** `megabytes` of cache. */
export type ServiceQuestion = { start: string; megabytes: number } | 'cpu';
export interface ServiceAnswer {
  url: string;
  /** Microseconds of CPU so far. */
  cpu: number;
}

let service: Service | undefined;
let url = '';

answerParent<ServiceQuestion, ServiceAnswer>(
  async (question) => {
    if (question !== 'cpu') {
      const { start: databaseUrl, megabytes } = question;
      service = await createService({
        config: { ...benchConfig(), cache: { megabytes } },
        databaseUrl,
        modules: allModules,
        extend: (app, { metrics }) => mountAssets(app, { folder: webFolder, isElsewhere: false, metrics }),
        work: false,
      });
      url = await service.listen();
    }
    const { user, system } = process.cpuUsage();
    return { url, cpu: user + system };
  },
  async () => service?.stop(),
);
