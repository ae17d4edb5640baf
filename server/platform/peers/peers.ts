/**
 * The other services where the platform runs apart: who they are, how they know each other, and how one asks another.
 *
 * Each service signs with a key of its own and publishes the public half under its address; a token says which service
 * speaks, to which, for a minute. What it is good for is the same for all peers: the internal addresses.
 */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { isAboutToken, privateKeyOf, publicJwk } from '../auth/keys.ts';
import type { SigningKey } from '../config/config.ts';
import { ProblemError, problem, unauthorized } from '../http/problems.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { traceparent } from '../telemetry/trace.ts';
import { remaining, withDeadline } from './deadline.ts';

/** A peer could not do what it was asked for: a mistake of ours, there or here. */
class PeerFailure extends Error {}

/** One service, as the others know it. */
export interface Peer {
  name: string;
  /** Origin: `http://project:8000`. */
  readonly url: string;
  modules: readonly string[];
  /** Names of events. */
  hears: readonly string[];
}

export interface Peers {
  all: readonly Peer[];
  /** The one that mounts this module. @throws Error when none does */
  withModule(module: string): Peer;
  /** Its public keys, fetched when one is wanted that is not known yet. */
  keysOf(peer: Peer): JWTVerifyGetKey;
  /**
   * Asks for an internal address, again for as long as nobody answers and there is time: what is asked for has to bear it.
   *
   * @param key under which the peer does once what it is asked for
   * @throws the problem that the peer answers, 503 when it cannot be asked
   */
  ask(peer: Peer, path: string, body: unknown, options?: { key?: string | undefined }): Promise<unknown>;
  /** @returns the name of the peer that speaks. @throws 401 */
  verify(authorization: string | undefined): Promise<string>;
}

/** Milliseconds for an answer, all tries together, unless the work that asks has fewer left. */
const PATIENCE = 5000;
/** Milliseconds from one try to the next. */
const PAUSES = [50, 200, 800];
const TOKEN_TYPE = 'service+jwt';
const TOKEN_SECONDS = 60;

interface Parts {
  /** The name of this service. */
  name: string;
  peers: readonly Peer[];
  signingKey: SigningKey;
  metrics: Metrics;
}

export function createPeers({ name, peers, signingKey, metrics }: Parts): Peers {
  const asked = metrics.counter(
    'peer_requests_total',
    'Calls and events that went to another service, by how that ended',
    ['peer', 'outcome'],
  );
  const privateKey = privateKeyOf(signingKey);
  const { kid } = publicJwk(signingKey);
  const tokens = new Map<string, { token: Promise<string>; renewAt: number }>();
  const keys = new Map<string, JWTVerifyGetKey>();

  /** Used for half of its life, so that it is good when it arrives. */
  const tokenFor = ({ name: audience }: Peer): Promise<string> => {
    const kept = tokens.get(audience);
    if (kept && kept.renewAt > Date.now()) return kept.token;
    const token = new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: TOKEN_TYPE, kid })
      .setIssuer(name)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .sign(privateKey);
    tokens.set(audience, { token, renewAt: Date.now() + (TOKEN_SECONDS / 2) * 1000 });
    return token;
  };

  const keysOf =
    (peer: Peer): JWTVerifyGetKey =>
    (header, token) => {
      const found =
        keys.get(peer.url) ??
        createRemoteJWKSet(new URL('/internal/keys', peer.url), { timeoutDuration: 2000, cooldownDuration: 1000 });
      keys.set(peer.url, found);
      return found(header, token);
    };

  const askOnce = async (peer: Peer, path: string, body: unknown, key: string | undefined): Promise<unknown> => {
    const left = Math.floor(remaining());
    if (left <= 0) throw unavailable(peer);
    const trace = traceparent();
    const answer = await fetch(new URL(path, peer.url), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(left),
      headers: {
        authorization: `Bearer ${await tokenFor(peer)}`,
        'content-type': 'application/json',
        'x-deadline-ms': String(left),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(trace && { traceparent: trace }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.ok) return text === '' ? undefined : JSON.parse(text);
    throw problemOf(peer, path, answer, text);
  };

  const askPatiently = async (peer: Peer, path: string, body: unknown, key: string | undefined): Promise<unknown> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await askOnce(peer, path, body, key);
      } catch (error) {
        const pause = PAUSES[tries];
        const isAnswer = error instanceof PeerFailure || (error instanceof ProblemError && error.status !== 503);
        if (isAnswer) throw error;
        if (pause === undefined || remaining() < pause) throw unavailable(peer, error);
        await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
      }
    }
  };

  return {
    all: peers,
    keysOf,

    withModule(module) {
      const peer = peers.find(({ modules }) => modules.includes(module));
      if (!peer) throw new Error(`No service that is known here mounts the module ${module}.`);
      return peer;
    },

    async ask(peer, path, body, { key } = {}) {
      try {
        const answer = await withDeadline(PATIENCE, () => askPatiently(peer, path, body, key));
        asked.inc({ peer: peer.name, outcome: 'answered' });
        return answer;
      } catch (error) {
        const isRefusal = error instanceof ProblemError && error.status < 500;
        const isBroken = error instanceof PeerFailure;
        asked.inc({ peer: peer.name, outcome: isRefusal ? 'refused' : isBroken ? 'failed' : 'unavailable' });
        throw error;
      }
    },

    async verify(authorization) {
      const [scheme = '', token = ''] = (authorization ?? '').split(' ');
      try {
        if (scheme.toLowerCase() !== 'bearer') throw new errors.JWTInvalid('no bearer token');
        let speaker: Peer | undefined;
        await jwtVerify(
          token,
          (header, jws) => {
            const said = JSON.parse(Buffer.from(String(jws.payload), 'base64url').toString()) as { iss?: string };
            speaker = peers.find((peer) => peer.name === said.iss);
            if (!speaker) throw new errors.JWKSNoMatchingKey();
            return keysOf(speaker)(header, jws);
          },
          { algorithms: ['EdDSA'], typ: TOKEN_TYPE, audience: name, requiredClaims: ['iss', 'exp'] },
        );
        if (!speaker) throw new errors.JWKSNoMatchingKey();
        return speaker.name;
      } catch (error) {
        if (isAboutToken(error))
          throw unauthorized('invalid_token', 'This address is for the services of the platform.');
        throw problem(503, 'unavailable', 'The service that speaks cannot be verified right now.', { cause: error });
      }
    },
  };
}

const unavailable = (peer: Peer, cause?: unknown) =>
  problem(503, 'unavailable', 'A part of the platform does not answer right now. Try again in a moment.', {
    headers: { 'retry-after': '2' },
    cause: cause ?? new Error(`The service ${peer.name} was not asked: the time is over.`),
  });

/** What the caller did wrong is the same problem here; what went wrong there is ours to look into. */
function problemOf(peer: Peer, path: string, answer: Response, text: string): Error {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  const mayPass = isProblem && ((answer.status < 500 && answer.status !== 401) || answer.status === 503);
  if (!mayPass) return new PeerFailure(`The service ${peer.name} answers ${answer.status} to ${path}: ${text}`);
  const { code, detail, params, errors: fields } = JSON.parse(text);
  const retryAfter = answer.headers.get('retry-after');
  return new ProblemError(answer.status, code, detail, {
    params,
    errors: fields,
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
  });
}
