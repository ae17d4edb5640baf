/** What every process that serves has in common: a port, a database, the service on it, and how they end. */
import type { Config } from '../platform/config/config.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { createService, type Service, type ServiceOptions } from '../platform/service.ts';
import type { Lifetime } from './lifetime.ts';
import { joinDatabase, type OpenDatabase, openDatabase } from './open-database.ts';
import { explainListenError, freePort } from './port.ts';

/** A port and a database for this process, which its end gives back. @throws StartupError with one line for people */
export async function openHome(lifetime: Lifetime, given: Config): Promise<{ config: Config; database: OpenDatabase }> {
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
  return { config, database };
}

/** Builds a service that the end of the process closes. @returns it, and how to make it reachable */
export async function openService(
  lifetime: Lifetime,
  options: ServiceOptions,
): Promise<{ service: Service; listen: () => Promise<void> }> {
  const service = await createService(options);
  lifetime.closing(() => service.stop());
  return {
    service,
    async listen() {
      const { host, port } = options.config.http;
      await service.listen().catch((error: unknown) => {
        throw explainListenError(error, host, port);
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
