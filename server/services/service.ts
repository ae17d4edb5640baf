/** `npm run service -- user`: one of the services, apart from the others, on a database of its own and by its own key. */
import { type ServiceName, services } from '@collabthon/contracts/services';
import { type Config, describeConfig } from '../platform/config/config.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import type { Module } from '../platform/module.ts';
import type { Peer } from '../platform/peers/peers.ts';
import { type Lifetime, runServer } from './lifetime.ts';
import { urlsOf } from './open-database.ts';
import { localAddress, openHome, openService } from './open-service.ts';

/** Loaded on demand: the code of the other services is not even read. */
const loaders: Record<ServiceName, () => Promise<{ modules: Module[] }>> = {
  user: () => import('./user.ts'),
  project: () => import('./project.ts'),
};
const names = Object.keys(loaders).join(', ');

const [given = '', ...options] = process.argv.slice(2);
if (options.includes('--help') || given === '--help') {
  console.log(describeConfig(`npm run service -- <name> [options]\n\nServices: ${names}`));
} else await runServer(start);

async function start(lifetime: Lifetime): Promise<void> {
  if (!Object.hasOwn(loaders, given)) throw new StartupError(`Say which service: ${names}.`);
  const name = given as ServiceName;
  const settings = loadConfig(options, { folder: name });
  const apart = { name, hears: services[name].hears, peers: peersOf(name, settings) };
  const { modules } = await loaders[name]();
  const { config, database } = await openHome(lifetime, settings);
  const { listen } = await openService(lifetime, { config, ...urlsOf(database), modules, apart });
  await listen();
  console.log(`Collabthon runs at ${localAddress(config.http)}`);
  console.log(`  Service    ${name}`);
  console.log('  Stop with Ctrl-C.');
}

function peersOf(name: ServiceName, { peers }: Config): Peer[] {
  const others = Object.entries(services).filter(([other]) => other !== name);
  const missing = others.flatMap(([other]) => (peers[other] === undefined ? [other] : []));
  if (missing.length > 0) {
    const example = missing.map((other) => `${other}=http://localhost:8002`).join(',');
    throw new StartupError(`The service ${name} does not know where ${missing.join(', ')} is: --peers ${example}`);
  }
  return others.map(([other, spec]) => ({ name: other, url: peers[other] ?? '', ...spec }));
}
