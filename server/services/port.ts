/** The port to listen on, made sure of before anything slow begins. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { StartupError } from '../platform/config/startup-error.ts';

const reasons: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is in use. Stop what uses it, or choose another one: npm start -- --port ${port + 1}`,
  EACCES: (_host, port) => `Port ${port} is reserved for root. Choose one above 1023: npm start -- --port 8000`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Put HOST right; 127.0.0.1 always works.`,
  ENOTFOUND: (host) => `HOST ${host} cannot be resolved. Put HOST right; 127.0.0.1 always works.`,
};

/** Tries the port and returns it; for port 0, one that is free. Throws StartupError if it cannot be had. */
export async function freePort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    throw explainListenError(error, host, port);
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

/** A failure to listen as one line for people; anything else comes back as it is. */
export function explainListenError(error: unknown, host: string, port: number): unknown {
  const explain = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return explain ? new StartupError(explain(host, port), { cause: error }) : error;
}
