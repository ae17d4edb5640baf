/**
 * How often each may ask for what. Who is signed in counts by account, so that a campus behind one address does not hold itself
 * up; a browser that has been on one of our pages counts by the pass that it got there; everybody else by address.
 */
import type { LimitClass } from '@collabthon/contracts/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { type Bucket, type Limiter, type Policy, policy, type Verdict } from '../limits/gcra.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { networkOf } from './address.ts';
import { problem } from './problems.ts';
import { createPasses, PASS_DAYS, passCookieName } from './visitor-pass.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Null where nothing is limited. */
    limits: Limits | null;
  }
}

export interface Limits {
  /** Counts a request, and says in its answer how much is left. @throws 429 with Retry-After, for one that is not counted */
  take(request: FastifyRequest, reply: FastifyReply, of: LimitClass): void | Promise<void>;
  /**
   * Lets a browser in that asks for a page: one without a pass gets one, unless too many at its address did.
   * @returns the cookie that it was given now, as it will send it
   */
  welcome(request: FastifyRequest, reply: FastifyReply): Promise<string | null>;
}

type Caller = 'account' | 'visitor' | 'address';
type Policies = Readonly<Record<Caller, Policy>>;

const MINUTE = 60;
const each = (name: string, quotas: Record<Caller, number>, seconds = MINUTE): Policies => ({
  account: policy(name, quotas.account, seconds),
  visitor: policy(name, quotas.visitor, seconds),
  address: policy(name, quotas.address, seconds),
});
const alike = (name: string, quota: number, seconds: number) =>
  each(name, { account: quota, visitor: quota, address: quota }, seconds);

/** What everything that is asked for counts in. */
const requests = each('requests', { account: 1200, visitor: 600, address: 600 });
const lists = alike('lists', 100, MINUTE);
const people = each('people', { account: 240, visitor: 60, address: 10 });

interface Class {
  /** In `requests`, and in what an address may ask for. */
  cost: number;
  /** What it counts in beside `requests`. */
  own?: Policies;
  /** It counts for the address alone. */
  isFree?: boolean;
}

const classes: Record<LimitClass, Class> = {
  general: { cost: 1 },
  list: { cost: 1, own: lists },
  search: { cost: 5 },
  person: { cost: 1, own: people },
  people: { cost: 5, own: people },
  // Failures have a delay that grows, and a campus signs in in one minute.
  sign_in: { cost: 5, isFree: true },
  mark: { cost: 1, own: alike('marks', 60, 15) },
  typing: { cost: 1, own: alike('typing', 10, 15) },
};

/** Outer rings: what all at one address together may do, signed in or not. */
const ring = policy('address', 30_000, MINUTE);
/** And what all who are not signed in may see of people, with however many passes. */
const strangers = policy('strangers', 240, MINUTE);
const arrivals = policy('arrivals', 600, MINUTE);

/** Both headers are those of draft-ietf-httpapi-ratelimit-headers-11. */
export const LIMIT_HEADERS = ['ratelimit', 'ratelimit-policy'] as const;

export function createLimits(config: Config, limiter: Limiter, metrics: Metrics): Limits {
  const passes = createPasses(config);
  const cookieName = passCookieName(config);
  const decisions = metrics.counter('rate_limit_decisions_total', 'Requests that limits let in or refused', [
    'class',
    'outcome',
  ]);
  const visitorOf = (request: FastifyRequest) => passes.read(request.cookies[cookieName]);

  const callerOf = (request: FastifyRequest, network: string): [Caller, string] => {
    if (request.principal) return ['account', String(request.principal.user_id)];
    const visitor = visitorOf(request);
    return visitor === null ? ['address', network] : ['visitor', visitor];
  };

  const judge = (reply: FastifyReply, of: LimitClass, buckets: readonly Bucket[], verdict: Verdict): void => {
    const isRefused = verdict.wait > 0;
    decisions.inc({ class: of, outcome: isRefused ? 'refused' : 'admitted' });
    // What others at the address do is told to nobody who is let in.
    const told = buckets.map(toItem(verdict)).filter(({ isShared, isFull }) => !isShared || (isRefused && isFull));
    if (told.length > 0) {
      reply.header('ratelimit-policy', told.map(({ rule }) => rule).join(', '));
      reply.header('ratelimit', told.map(({ state }) => state).join(', '));
    }
    if (isRefused) throw tooMany(Math.ceil(verdict.wait / 1_000_000));
  };

  return {
    take(request, reply, of) {
      const { cost, own, isFree = false } = classes[of];
      const network = networkOf(request.ip);
      const [caller, who] = callerOf(request, network);
      const id = `${caller}:${who}`;
      const buckets: Bucket[] = [];
      if (own) buckets.push({ key: `${own[caller].name}:${id}`, policy: own[caller], cost: 1 });
      if (!isFree) buckets.push({ key: `requests:${id}`, policy: requests[caller], cost });
      buckets.push({ key: `address:${network}`, policy: ring, cost });
      if (own === people && caller === 'visitor') {
        buckets.push({ key: `strangers:${network}`, policy: strangers, cost: 1 });
      }
      const verdict = limiter.take(buckets);
      if (!(verdict instanceof Promise)) return judge(reply, of, buckets, verdict);
      return verdict.then((late) => judge(reply, of, buckets, late));
    },

    async welcome(request, reply) {
      if (visitorOf(request) !== null) return null;
      const key = `arrivals:${networkOf(request.ip)}`;
      const { wait } = await limiter.take([{ key, policy: arrivals, cost: 1 }]);
      if (wait > 0) return null;
      const pass = passes.make();
      const secure = config.http.publicUrl.startsWith('https:');
      const maxAge = PASS_DAYS * 86_400;
      reply.setCookie(cookieName, pass, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge });
      return `${cookieName}=${pass}`;
    },
  };
}

const shared = new Set([ring, strangers]);

const toItem =
  ({ levels, share }: Verdict) =>
  ({ policy, cost }: Bucket, index: number) => {
    const { name, quota, seconds, interval } = policy;
    const level = levels[index] ?? 0;
    const left = Math.max(0, Math.floor((quota * interval - level) / (interval * share)));
    return {
      isShared: shared.has(policy),
      isFull: left < cost,
      rule: `"${name}";q=${quota};w=${seconds}`,
      state: `"${name}";r=${left};t=${Math.ceil(level / 1_000_000)}`,
    };
  };

/** @param seconds to wait, a whole number */
export const tooMany = (seconds: number) =>
  problem(429, 'too_many_requests', `That was too much at once. Try again in ${seconds} s.`, {
    params: { seconds },
    headers: { 'retry-after': String(seconds) },
  });
