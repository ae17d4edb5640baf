/** The services of the contract on real ports, each with a key and an empty database of its own. */
import { services } from '@collabthon/contracts/services';
import { testConfig } from '../config/test-config.ts';
import type { Module } from '../module.ts';
import type { Peer } from '../peers/peers.ts';
import { createService } from '../service.ts';
import type { TestService } from './test-app.ts';
import { createTestDatabase, TEST_POOL } from './test-database.ts';

export interface TestPeer {
  name: string;
  hears: readonly string[];
  modules: Module[];
}

export interface TestPeerService extends TestService {
  /** Does something while the service does not run. It is another one of the same name, address and key afterwards. */
  whileAway(work: () => Promise<void>): Promise<void>;
}

/** Splits the modules of the product as the contract says. */
export const startApart = (modules: Module[]): Promise<TestService[]> =>
  startPeers(
    Object.entries(services).map(([name, spec]) => ({
      name,
      hears: spec.hears,
      modules: modules.filter((module) => (spec.modules as readonly string[]).includes(module.name)),
    })),
  );

/** Starts services that know each other. */
export async function startPeers(peers: readonly TestPeer[]): Promise<TestPeerService[]> {
  const urls = new Map<string, string>();
  const known = peers.map(
    ({ name, hears, modules }): Peer => ({
      name,
      hears,
      modules: modules.map((module) => module.name),
      get url() {
        return urls.get(name) ?? 'http://127.0.0.1:1';
      },
    }),
  );
  return Promise.all(
    peers.map(async ({ name, hears, modules }) => {
      const database = await createTestDatabase({ template: false });
      const config = testConfig();
      const start = async (port: number) => {
        const service = await createService({
          config: { ...config, http: { ...config.http, port } },
          databaseUrl: database.url,
          modules,
          poolLimits: TEST_POOL,
          apart: { name, hears, peers: known.filter((peer) => peer.name !== name) },
        });
        const url = await service.listen();
        urls.set(name, url);
        return { service, url, platform: service.platform, db: service.platform.db };
      };
      const { service: first, ...begun } = await start(0);
      let service = first;
      const self: TestPeerService = {
        ...begun,
        databaseUrl: database.url,
        modules: modules.map((module) => module.name),
        async whileAway(work) {
          await service.stop();
          await work();
          const { service: next, ...again } = await start(Number(new URL(self.url).port));
          service = next;
          Object.assign(self, again);
        },
        async close() {
          await service.stop();
          await database.drop();
        },
      };
      return self;
    }),
  );
}
