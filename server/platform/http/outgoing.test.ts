/** Addresses that people give us lead to public hosts only. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createOutgoing, isPublicAddress, RefusedAddress } from './outgoing.ts';

describe('an address is', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('public: %s', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('not public: %j', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});

describe('a request', () => {
  const outgoing = createOutgoing({ listener: null });

  it.each([
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'example.org',
    '',
    'https://user:secret@example.org/',
    'https://example.org:8443/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
  ])('to %j is refused, when the address is given and when it is used', async (address) => {
    await expect(outgoing.check(address)).rejects.toThrow(RefusedAddress);
    await expect(outgoing.post(address, { headers: {}, body: Buffer.from('x') })).rejects.toThrow(RefusedAddress);
  });

  it('reaches the listener of a test, and reads no answer that has no end', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.headers.host}${request.url}`);
      response.writeHead(410);
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const local = createOutgoing({ listener: port });
    const status = await local.post('https://push.example/a?b=1', { headers: {}, body: Buffer.from('x') });
    expect([status, seen]).toEqual([410, ['POST push.example/a?b=1']]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
