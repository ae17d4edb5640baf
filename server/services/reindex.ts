/**
 * `npm run reindex`: builds the search documents anew from their sources, while the old ones keep serving, and opens the
 * conversations that are missing.
 */
import { completeConversations } from '../modules/conversations/index.ts';
import { rebuildIndex } from '../modules/discovery/index.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { createService } from '../platform/service.ts';
import { runCommand } from './lifetime.ts';
import { allModules } from './modules.ts';
import { joinDatabase } from './open-database.ts';

await runCommand(async () => {
  const config = loadConfig(process.argv.slice(2));
  const database = await joinDatabase(config);
  try {
    const service = await createService({ config, databaseUrl: database.url, modules: allModules, work: false });
    try {
      await rebuildIndex(service.platform, ({ kind, written, checked }) =>
        console.log(`${kind} documents: ${written} written, ${checked} checked`),
      );
      const { teams, requests } = await completeConversations(service.platform);
      console.log(`conversations: ${teams} teams and ${requests} requests completed`);
    } finally {
      await service.stop();
    }
  } finally {
    await database.close();
  }
});
