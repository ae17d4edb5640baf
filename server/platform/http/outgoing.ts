/**
 * Requests to addresses that people gave us. An address of theirs must not lead to what only we can reach: other services
 * beside us, the metadata of a cloud, this machine. So it has to be https on its usual port, and every address that its
 * name resolves to has to be a public one. That is decided where the connection is made, for the very addresses that are
 * connected to, so that a name which resolves differently a moment later gains nothing. Redirects are not followed.
 */
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** The address leads, or may lead, to a place that is not public. */
export class RefusedAddress extends Error {}

export interface Outgoing {
  /**
   * Checks an address when somebody gives it. A name that cannot be resolved now passes: it is checked again when it is used.
   * @throws RefusedAddress
   */
  check(address: string): Promise<void>;
  /**
   * @returns the status; what else is answered is not read
   * @throws RefusedAddress, or Error when there is no answer within 10 s
   */
  post(address: string, request: { headers: Record<string, string>; body: Buffer }): Promise<number>;
}

const PATIENCE = 10_000;
const LOOKUP_PATIENCE = 2000;

/** Of IPv4, what is not public (IANA special-purpose registry); of IPv6, what is not in the part that is given out. */
const special = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  // Addresses of the first version in disguise.
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(net, prefix, 'ipv6');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** @param ip of either version, without brackets */
export function isPublicAddress(ip: string): boolean {
  const version = isIP(ip);
  if (version === 4) return !special.check(ip, 'ipv4');
  return version === 6 && global6.check(ip, 'ipv6') && !special.check(ip, 'ipv6');
}

/**
 * @param listener for tests: every request goes to this port of this machine instead, as plain HTTP, with the same head
 *   and body; names are not resolved then. No setting reaches it.
 */
export function createOutgoing({ listener }: { listener: number | null }): Outgoing {
  return {
    async check(address) {
      const { hostname } = read(address);
      if (listener !== null) return;
      await new Promise<void>((resolve, reject) => {
        setTimeout(resolve, LOOKUP_PATIENCE).unref();
        publicLookup(hostname, { all: true }, (error) => (error instanceof RefusedAddress ? reject(error) : resolve()));
      });
    },

    async post(address, { headers, body }) {
      const url = read(address);
      const options = { method: 'POST', path: `${url.pathname}${url.search}`, signal: AbortSignal.timeout(PATIENCE) };
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const request =
        listener === null
          ? httpsRequest({ ...options, host: url.hostname, headers, lookup: publicLookup, agent: false })
          : httpRequest({ ...options, host: '127.0.0.1', port: listener, headers: { ...headers, host: url.host } });
      request.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        // Nobody here reads an answer that has no end.
        response.destroy();
      });
      request.on('error', reject);
      request.end(body);
      return promise;
    },
  };
}

/** @throws RefusedAddress for what is no https address of a host by name or public number */
function read(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:') throw new RefusedAddress('Only https addresses are called.');
  if (url.port !== '' || url.username !== '' || url.password !== '') {
    throw new RefusedAddress('The address names a port or a password.');
  }
  const ip = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // A number is not looked up, so it is checked here.
  if (isIP(ip) !== 0 && !isPublicAddress(ip)) throw new RefusedAddress(`${ip} is not public.`);
  return url;
}

/** As `dns.lookup`, but a name of which any address is not public has none. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    const refused = found.find(({ address }) => !isPublicAddress(address));
    if (refused) return done(new RefusedAddress(`${hostname} leads to ${refused.address}, which is not public.`), []);
    const [first] = found;
    if (options.all) done(null, found);
    else done(null, first?.address ?? '', first?.family);
  });
};
