/** `npm start`: the whole product, in one process or in one for each core, with a PostgreSQL of its own unless DATABASE_URL names another. */
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoSignIn } from '../demo/seed.ts';
import { type Config, describeConfig, projectRoot } from '../platform/config/config.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { mountMailboxPage } from '../platform/mail/mailbox-page.ts';
import type { Platform } from '../platform/module.ts';
import type { ServiceOptions } from '../platform/service.ts';
import { type Lifetime, runServer } from './lifetime.ts';
import { allModules } from './modules.ts';
import { urlsOf } from './open-database.ts';
import { localAddress, openHome, openService } from './open-service.ts';
import { mountForCrawlers } from './web/crawlers.ts';
import { mountWeb } from './web/pages.ts';
import { oversee, takeOrders } from './workers.ts';

const webFolder = join(projectRoot, 'web/dist');

if (process.argv.includes('--help')) console.log(describeConfig());
else await runServer(cluster.isWorker ? startWorker : start);

async function start(lifetime: Lifetime): Promise<void> {
  const { config, database } = await openHome(lifetime, loadConfig(process.argv.slice(2)));
  const signIns =
    config.workers > 1 && config.jobs !== 'only'
      ? ((await oversee(lifetime, config, database)) as DemoSignIn[])
      : (await serve(lifetime, { config, ...urlsOf(database), isFirst: true })).signIns;
  welcome(config, database.folder, signIns);
}

async function startWorker(lifetime: Lifetime): Promise<void> {
  const { orders, collectMetrics, serve: report } = await takeOrders(lifetime);
  const { service, signIns } = await serve(lifetime, { ...orders, collectMetrics });
  report(service, signIns);
}

type ServeOptions = Omit<ServiceOptions, 'modules'> & { isFirst: boolean };

async function serve(lifetime: Lifetime, { isFirst, ...options }: ServeOptions) {
  const { config } = options;
  const { service, listen } = await openService(lifetime, {
    ...options,
    modules: allModules,
    extend: async (app, platform) => {
      if (existsSync(webFolder)) {
        await mountWeb(app, { folder: webFolder, platform });
        mountForCrawlers(app, platform);
      }
      if (config.demo) mountMailboxPage(app, platform.db);
    },
  });
  const signIns = isFirst && config.demo && config.jobs !== 'only' ? await loadDemo(service.platform) : [];
  await listen();
  return { service, signIns };
}

/** Fills an empty database with the demo campus. Loaded on demand: without the demo, its code is not even read. */
async function loadDemo(platform: Platform): Promise<DemoSignIn[]> {
  const { demoSignIns, seedDemoCampus } = await import('../demo/seed.ts');
  const isThere = await seedDemoCampus({ platform, onProgress: say });
  return isThere ? demoSignIns : [];
}

function welcome({ http, dataDir, demo }: Config, databaseFolder: string | null, signIns: DemoSignIn[]): void {
  const address = localAddress(http);
  say('');
  say(`Collabthon runs at ${address}`);
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
  if (demo) say(`  Demo mail  ${address}/dev/mail`);
  if (demo && !/^(127\.|::1$|localhost$)/.test(http.host)) {
    say('  Careful: the demo has known passwords, and HOST lets other machines in. Start with --no-demo for real use.');
  }
  say('  Stop with Ctrl-C.');
}

function say(line: string): void {
  console.log(line);
}
