/**
 * What the text of one variable may look like. A parser returns the value, or throws an `Invalid` whose message
 * completes the sentence "NAME: …". Secrets are never repeated in a message.
 */
import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import { availableParallelism } from 'node:os';

/** The reason why a text is refused, written for the person who typed it. */
export class Invalid extends Error {}

/** An Ed25519 private key as a JSON Web Key (RFC 8037). */
export interface SigningKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  d: string;
}

export function anyText(text: string): string {
  return text;
}

export function onOff(text: string): boolean {
  if (['on', 'true', '1', 'yes'].includes(text.toLowerCase())) return true;
  if (['off', 'false', '0', 'no'].includes(text.toLowerCase())) return false;
  throw new Invalid(`"${text}" is neither "on" nor "off"`);
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new Invalid(`"${text}" is not a whole number from ${min} to ${max}`);
  };
}

/** A number of processes; `auto` is as many as there are cores for us. */
export const workers = (text: string): number => (text === 'auto' ? availableParallelism() : wholeNumber(1, 64)(text));

export function oneOf<const T extends string>(...choices: T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw new Invalid(`"${text}" is none of ${choices.join(', ')}`);
  };
}

/** The address of a server that wants credentials, so the text itself is never shown. */
export function secretUrl(...schemes: string[]): (text: string) => string {
  return (text) => {
    const parsed = URL.parse(text);
    if (parsed && schemes.includes(parsed.protocol)) return text;
    throw new Invalid(`must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
  };
}

/** An http(s) origin without a path, e.g. `https://collabthon.example`. */
export function origin(text: string): string {
  const parsed = URL.parse(text);
  const isOrigin = parsed && /^https?:$/.test(parsed.protocol) && text.replace(/\/$/, '') === parsed.origin;
  if (isOrigin) return parsed.origin;
  throw new Invalid(`"${text}" is not an address such as https://collabthon.example (scheme and host, no path)`);
}

/** Several of one kind, separated by commas. */
export const list =
  <T>(parse: (text: string) => T): ((text: string) => T[]) =>
  (text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(parse);

/** `user=http://user:8000,project=http://project:8000` */
export function namedOrigins(text: string): Record<string, string> {
  const parts = text.split(',').map((part) => part.trim().split('='));
  return Object.fromEntries(
    parts.map(([name = '', address = '', ...rest]) => {
      if (!/^[a-z]+$/.test(name) || rest.length > 0) throw new Invalid('must look like user=http://host:8000');
      return [name, origin(address)];
    }),
  );
}

/** OpenID issuers are reached over TLS; only this machine may do without. */
export function issuer(text: string): string {
  const parsed = URL.parse(text);
  const isLocal = parsed?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname);
  if (parsed && (parsed.protocol === 'https:' || isLocal)) return text;
  throw new Invalid(`"${text}" is not an address that begins with https://`);
}

/** The private half of a P-256 key, as `web-push generate-vapid-keys` prints it. */
export function vapidPrivateKey(text: string): string {
  try {
    createECDH('prime256v1').setPrivateKey(text, 'base64url');
    if (Buffer.from(text, 'base64url').length === 32) return text;
  } catch {
    // Falls through to the one message that does not repeat the key.
  }
  throw new Invalid('must be 32 bytes in base64url, a private key of P-256');
}

export function signingKey(text: string): SigningKey {
  try {
    const { kty, crv, x, d } = JSON.parse(text) as SigningKey;
    // Node takes the secret half alone; with a public half that is not its own, no token would ever verify.
    const own = createPublicKey(createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' })).export({ format: 'jwk' });
    if (kty === 'OKP' && crv === 'Ed25519' && own.x === x) return { kty, crv, x, d };
  } catch {
    // Falls through to the one message that does not repeat the key.
  }
  throw new Invalid('must be an Ed25519 private key as JSON: {"kty":"OKP","crv":"Ed25519","x":"…","d":"…"}');
}
