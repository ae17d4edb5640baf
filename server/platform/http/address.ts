/** Who an address belongs to. */
import { isIPv6 } from 'node:net';

/**
 * The network of one subscriber: an IPv4 address itself, of IPv6 the first 64 bits, since whoever has one address has them
 * all. An IPv4 address in IPv6 form is the same as without it.
 */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  // As URLs write it: groups in hexadecimal, the longest run of zeros as `::`.
  const [head = '', tail] = new URL(`http://[${ip.replace(/%.*/, '')}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':'))) as [
    string[],
    string[],
  ];
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  if (groups.slice(0, 6).join() === '0,0,0,0,0,ffff') {
    return groups
      .slice(6)
      .map((group) => Number.parseInt(group, 16))
      .map((group) => `${group >> 8}.${group & 255}`)
      .join('.');
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
