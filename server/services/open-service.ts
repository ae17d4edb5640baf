/** What every process that serves has in common: a port, a database, the service on it, and how they end. */
import type { Config } from '../platform/config/config.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { createService, type Service, type ServiceOptions } from '../platform/service.ts';
import type { Lifetime } from './lifetime.ts';
import { joinDatabase, type OpenDatabase, openDatabase } from './open-database.ts';
import { explainListenError, freePort } from './port.ts';

export interface OpenService {
  /** As given, with the port and the address that are really used. */
  config: Config;
  service: Service;
  database: OpenDatabase;
  listen(): Promise<void>;
}

/** Builds a service that the end of the process closes. @throws StartupError with one line for people */
export async function openService(
  lifetime: Lifetime,
  given: Config,
  options: (config: Config) => Pick<ServiceOptions, 'modules' | 'extend' | 'apart'>,
): Promise<OpenService> {
  // Asked first, so that a start that cannot listen leaves nothing behind.
  const config = withPort(given, await freePort(given.http.host, given.http.port));
  // A process beside the one that serves works on the database of that one.
  const database = config.jobs === 'only' ? await joinDatabase(config) : await openDatabase(config, console.log);
  lifetime.closing(database.close);
  void database.lost.then(() =>
    lifetime.fail(
      new StartupError('PostgreSQL ended unexpectedly; what was acknowledged is kept. Run npm start again.'),
    ),
  );
  const service = await createService({ config, databaseUrl: database.url, ...options(config) });
  lifetime.closing(() => service.stop());
  return {
    config,
    service,
    database,
    async listen() {
      await service.listen().catch((error: unknown) => {
        throw explainListenError(error, config.http.host, config.http.port);
      });
    },
  };
}

/** Port 0 has become a real one, and links lead there. */
function withPort(config: Config, port: number): Config {
  const { http } = config;
  const publicUrl =
    http.port === 0 ? http.publicUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`) : http.publicUrl;
  return { ...config, http: { ...http, port, publicUrl } };
}

/** The address as people on this machine type it. */
export function localAddress({ host, port }: Config['http']): string {
  const isLocal = ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'].includes(host);
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
