/** `npm run jobs -- …`: what was given up or is parked, for the operator of the machine. Works beside a running server. */
import {
  discardDeadLetter,
  presentSaga,
  redriveDeadLetter,
  redriveQueue,
  resumeSaga,
} from '../modules/operations/index.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { ProblemError } from '../platform/http/problems.ts';
import type { Platform } from '../platform/module.ts';
import { createService } from '../platform/service.ts';
import { runCommand } from './lifetime.ts';
import { allModules } from './modules.ts';
import { joinDatabase } from './open-database.ts';

const usage = `Usage: npm run jobs -- <command>

  list
      every queue with work, and what was given up, the latest first: one JSON line each
  redrive <id|queue>
      tries one, or all that a queue has given up, again
  discard <id>
      removes one for good
  sagas list
      every saga that is not done, parked ones first: one JSON line each
  sagas show <id>
      one with its steps
  sagas resume <id>
      lets a parked one go on`;

const MOST_LISTED = 1000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

await runCommand(async () => {
  const [command, what, ...rest] = process.argv.slice(2);
  if (command === undefined || command === '--help' || command === 'help') return console.log(usage);
  if (command === 'list' && what === undefined) return onPlatform(list);
  if (command === 'redrive' && what && rest.length === 0) return onPlatform((platform) => redrive(platform, what));
  if (command === 'discard' && what && ID.test(what) && rest.length === 0) {
    return onPlatform(async (platform) => {
      await discardDeadLetter(platform, null, what);
      console.log('Discarded.');
    });
  }
  const id = Number(rest[0]);
  if (command === 'sagas' && what === 'list' && rest.length === 0) return onPlatform(listSagas);
  if (command === 'sagas' && what === 'show' && rest.length === 1 && Number.isSafeInteger(id)) {
    return onPlatform((platform) => showSaga(platform, id));
  }
  if (command === 'sagas' && what === 'resume' && rest.length === 1 && Number.isSafeInteger(id)) {
    return onPlatform(async (platform) => {
      await resumeSaga(platform, null, id);
      console.log('Resumed.');
    });
  }
  throw new StartupError(`"${process.argv.slice(2).join(' ')}" is not a command.\n${usage}`);
});

async function list({ db, jobs }: Platform): Promise<void> {
  const isBusy = (queue: { ready: number; deferred: number; active: number; dead_letters: number }) =>
    queue.ready + queue.deferred + queue.active + queue.dead_letters > 0;
  for (const queue of (await jobs.status()).filter(isBusy)) console.log(JSON.stringify(queue));
  for (const letter of await jobs.deadLetters.list(db, { limit: MOST_LISTED })) console.log(JSON.stringify(letter));
}

async function redrive(platform: Platform, what: string): Promise<void> {
  if (ID.test(what)) {
    await redriveDeadLetter(platform, null, what);
    return console.log('Redriven: 1');
  }
  console.log(`Redriven: ${await redriveQueue(platform, null, what)}`);
}

async function listSagas({ sagas }: Platform): Promise<void> {
  for (const state of ['parked', 'compensating', 'running', 'waiting'] as const) {
    for (const saga of await sagas.list({ state, limit: MOST_LISTED })) console.log(JSON.stringify(presentSaga(saga)));
  }
}

async function showSaga({ sagas }: Platform, id: number): Promise<void> {
  const saga = await sagas.find(id);
  if (!saga) throw new StartupError(`There is no saga ${id}.`);
  const { input, steps } = saga;
  console.log(JSON.stringify({ ...presentSaga(saga), input, steps }, null, 2));
}

async function onPlatform(act: (platform: Platform) => Promise<void>): Promise<void> {
  const database = await joinDatabase(loadConfig());
  try {
    const service = await createService({
      config: loadConfig(),
      databaseUrl: database.url,
      modules: allModules,
      work: false,
    });
    try {
      await act(service.platform);
    } catch (error) {
      throw error instanceof ProblemError && error.status < 500 ? new StartupError(error.message) : error;
    } finally {
      await service.stop();
    }
  } finally {
    await database.close();
  }
}
