/** `npm start`: the whole product in one process, with a PostgreSQL of its own unless DATABASE_URL names another. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoSignIn } from '../demo/seed.ts';
import { type Config, describeConfig, projectRoot } from '../platform/config/config.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { mountMailboxPage } from '../platform/mail/mailbox-page.ts';
import type { Platform } from '../platform/module.ts';
import { createService } from '../platform/service.ts';
import { type Lifetime, runServer } from './lifetime.ts';
import { allModules } from './modules.ts';
import { joinDatabase, openDatabase } from './open-database.ts';
import { explainListenError, freePort } from './port.ts';
import { mountForCrawlers } from './web/crawlers.ts';
import { mountWeb } from './web/pages.ts';

const webFolder = join(projectRoot, 'web/dist');

if (process.argv.includes('--help')) console.log(describeConfig());
else await runServer(start);

async function start(lifetime: Lifetime): Promise<void> {
  const given = loadConfig(process.argv.slice(2));

  // Asked first, so that a start that cannot listen leaves nothing behind.
  const config = withPort(given, await freePort(given.http.host, given.http.port));
  // A process beside the one that serves works on the database of that one.
  const database = config.jobs === 'only' ? await joinDatabase(config) : await openDatabase(config, say);
  lifetime.closing(database.close);
  void database.lost.then(() =>
    lifetime.fail(
      new StartupError('PostgreSQL ended unexpectedly; what was acknowledged is kept. Run npm start again.'),
    ),
  );

  const service = await createService({
    config,
    databaseUrl: database.url,
    modules: allModules,
    extend: async (app, platform) => {
      if (existsSync(webFolder)) {
        await mountWeb(app, { folder: webFolder, isDemo: config.demo, publicUrl: config.http.publicUrl });
        mountForCrawlers(app, platform);
      }
      if (config.demo) mountMailboxPage(app, platform.db);
    },
  });
  lifetime.closing(() => service.stop());

  const signIns = config.demo && config.jobs !== 'only' ? await loadDemo(service.platform) : [];
  await service.listen().catch((error: unknown) => {
    throw explainListenError(error, config.http.host, config.http.port);
  });
  welcome(config, database.folder, signIns);
}

/** Fills an empty database with the demo campus. Loaded on demand: without the demo, its code is not even read. */
async function loadDemo(platform: Platform): Promise<DemoSignIn[]> {
  const { demoSignIns, seedDemoCampus } = await import('../demo/seed.ts');
  const isThere = await seedDemoCampus({ platform, onProgress: say });
  return isThere ? demoSignIns : [];
}

/** Port 0 has become a real one, and links lead there. */
function withPort(config: Config, port: number): Config {
  const { http } = config;
  const publicUrl =
    http.port === 0 ? http.publicUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`) : http.publicUrl;
  return { ...config, http: { ...http, port, publicUrl } };
}

function welcome({ http, dataDir, demo }: Config, databaseFolder: string | null, signIns: DemoSignIn[]): void {
  const isLocal = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'].includes(http.host);
  const host = isLocal ? 'localhost' : http.host.includes(':') ? `[${http.host}]` : http.host;
  say('');
  say(`Collabthon runs at http://${host}:${http.port}`);
  say('');
  say(
    `  Data       ${dataDir}${databaseFolder === null ? ' (keys and files; the database is that of DATABASE_URL)' : ''}`,
  );
  // As root the database runs under another account, which may not be able to reach the data folder.
  if (databaseFolder && !databaseFolder.startsWith(dataDir)) say(`  Database   ${databaseFolder}`);
  const width = Math.max(...signIns.map(({ username, password }) => username.length + password.length));
  for (const [index, { username, password, about }] of signIns.entries()) {
    say(`  ${index === 0 ? 'Sign in as' : '          '} ${`${username} / ${password}`.padEnd(width + 3)}  ${about}`);
  }
  if (demo) say(`  Demo mail  http://${host}:${http.port}/dev/mail`);
  if (demo && !/^(127\.|::1$|localhost$)/.test(http.host)) {
    say('  Careful: the demo has known passwords, and HOST lets other machines in. Start with --no-demo for real use.');
  }
  say('  Stop with Ctrl-C.');
}

function say(line: string): void {
  console.log(line);
}
