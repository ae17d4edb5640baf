/**
 * Calls between modules: typed by the contract, checked at both ends, never part of the caller's transaction. Where the
 * module that is asked runs in another service, the call goes there; caller and handler cannot tell.
 */
import { type AppCalls, calls as contracts } from '@collabthon/contracts/index';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Db } from '../database/database.ts';
import { createWish, fulfil, type Keep, noWish } from '../http/idempotency.ts';
import { notFound, problem } from '../http/problems.ts';
import type { Peer, Peers } from '../peers/peers.ts';

export type CallName = keyof AppCalls;
export type CallInput<N extends CallName> = Static<AppCalls[N]['input']>;
export type CallOutput<N extends CallName> = Static<AppCalls[N]['output']>;

/** What a handler gets beside the input. */
export interface CallContext {
  /** A call that wants a key passes its answer through here, in the transaction of its effect. */
  keep: Keep;
}
export type CallHandlers = {
  [N in CallName]?: (input: CallInput<N>, context: CallContext) => Promise<CallOutput<N>>;
};

interface CallOptions {
  /** For calls that want one: names the wish, so that it is fulfilled once however often it is asked. */
  key?: string;
}

/** Asks the module that owns `name`. @throws whatever problem the owner throws, 503 when it cannot be asked */
export type Calls = <N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions) => Promise<CallOutput<N>>;

export interface CallRegistry {
  call: Calls;
  /** Asks another service, for calls that each of them answers. */
  callAt<N extends CallName>(peer: Peer, name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** For another service that asks. @throws 404 for a call that is not answered here, 400 for an input that does not fit */
  answer(name: string, input: unknown, key: string | undefined): Promise<unknown>;
  /** @throws Error when two modules answer the same call. */
  register(handlers: CallHandlers): void;
}

type Handler = (input: unknown, context: CallContext) => Promise<unknown>;

/** @param peers null where everything runs in one process */
export function createCalls(db: Db, peers: Peers | null): CallRegistry {
  const handlers = new Map<string, Handler>();
  const specs = new Map(
    Object.entries(contracts).map(([name, spec]) => [
      name,
      { wantsKey: 'wantsKey' in spec, input: Compile(spec.input), output: Compile(spec.output) },
    ]),
  );
  const specOf = (name: string) => {
    const spec = specs.get(name);
    if (!spec) throw new Error(`There is no call ${name}.`);
    return spec;
  };

  const handle = async (handler: Handler, name: string, input: unknown, key: string | undefined) => {
    if (key === undefined || !specOf(name).wantsKey) return handler(input, { keep: noWish });
    const wish = createWish(db, { userId: 0, key: `${name} ${key}`, wanted: JSON.stringify(input) });
    return (await fulfil(wish, () => handler(input, { keep: wish.keep }))).answer;
  };

  const ask = async (
    name: CallName,
    input: unknown,
    key: string | undefined,
    asked: (input: unknown) => Promise<unknown>,
  ): Promise<never> => {
    const spec = specOf(name);
    if (!spec.input.Check(input)) throw new Error(`Call ${name}: ${explain(spec.input.Errors(input))}`);
    if (spec.wantsKey && key === undefined) throw new Error(`Call ${name} wants a key.`);
    const output = await asked(input);
    if (!spec.output.Check(output)) throw new Error(`Answer of ${name}: ${explain(spec.output.Errors(output))}`);
    return output as never;
  };
  const askAt = (peer: Peer, name: CallName, key?: string) => (input: unknown) => {
    if (!peers) throw new Error(`There is no other service to ask for ${name}.`);
    return peers.ask(peer, `/internal/calls/${name}`, input, { key });
  };

  return {
    register(added) {
      for (const [name, handler] of Object.entries(added)) {
        if (handlers.has(name)) throw new Error(`Call ${name} is answered twice.`);
        handlers.set(name, handler as Handler);
      }
    },

    async call(name, input, { key } = {}) {
      const handler = handlers.get(name);
      if (handler) return ask(name, input, key, (checked) => handle(handler, name, checked, key));
      if (!peers) throw new Error(`Nobody answers the call ${name}.`);
      return ask(name, input, key, askAt(peers.withModule(moduleOf(name)), name, key));
    },

    callAt: (peer, name, input) => ask(name, input, undefined, askAt(peer, name)),

    async answer(name, input, key) {
      const handler = handlers.get(name);
      if (!handler) throw notFound('url');
      const { input: check } = specOf(name);
      if (!check.Check(input)) {
        throw problem(400, 'bad_request', `The input of ${name} does not fit: ${explain(check.Errors(input))}.`);
      }
      return handle(handler, name, input, key);
    },
  };
}

/** `profiles` of `profiles.getCards`. */
const moduleOf = (name: string) => name.slice(0, name.indexOf('.'));

/** The first differences between a value and its schema, for the log. */
export const explain = (errors: readonly { instancePath: string; message: string }[]) =>
  errors
    .slice(0, 3)
    .map((error) => `${error.instancePath || '/'} ${error.message}`)
    .join('; ');
