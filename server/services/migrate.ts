/** `npm run migrate`: brings the database up to date and says what it did. */
import { loadConfig } from '../platform/config/environment.ts';
import { migrate, migrationSources } from '../platform/database/migrate.ts';
import { runCommand } from './lifetime.ts';
import { allModules } from './modules.ts';
import { joinDatabase } from './open-database.ts';

await runCommand(async () => {
  const database = await joinDatabase(loadConfig(process.argv.slice(2)));
  try {
    const applied = await migrate(database.url, migrationSources(allModules));
    for (const name of applied) console.log(`applied ${name}`);
    console.log(
      applied.length === 0 ? 'The database is up to date.' : `The database is up to date, ${applied.length} applied.`,
    );
  } finally {
    await database.close();
  }
});
