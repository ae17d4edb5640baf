/** Calls between modules: typed by the contract, checked at both ends, never part of the caller's transaction. */
import { type AppCalls, calls as contracts } from '@collabthon/contracts/index';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';

export type CallName = keyof AppCalls;
export type CallInput<N extends CallName> = Static<AppCalls[N]['input']>;
export type CallOutput<N extends CallName> = Static<AppCalls[N]['output']>;

export type CallHandlers = { [N in CallName]?: (input: CallInput<N>) => Promise<CallOutput<N>> };

/** Asks the module that owns `name`. @throws whatever problem the owner throws. */
export type Calls = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

export interface CallRegistry {
  call: Calls;
  /** @throws Error when two modules answer the same call. */
  register(handlers: CallHandlers): void;
}

export function createCalls(): CallRegistry {
  const handlers = new Map<string, (input: unknown) => Promise<unknown>>();
  const checks = Object.fromEntries(
    Object.entries(contracts).map(([name, { input, output }]) => [
      name,
      { input: Compile(input), output: Compile(output) },
    ]),
  );
  return {
    register(added) {
      for (const [name, handler] of Object.entries(added)) {
        if (handlers.has(name)) throw new Error(`Call ${name} is answered twice.`);
        handlers.set(name, handler as (input: unknown) => Promise<unknown>);
      }
    },
    async call(name, input) {
      const handler = handlers.get(name);
      const check = checks[name];
      if (!handler || !check) throw new Error(`Nobody answers the call ${name}.`);
      if (!check.input.Check(input)) throw new Error(`Call ${name}: ${explain(check.input.Errors(input))}`);
      const output = await handler(input);
      if (!check.output.Check(output)) throw new Error(`Answer of ${name}: ${explain(check.output.Errors(output))}`);
      return output as never;
    },
  };
}

/** The first differences between a value and its schema, for the log. */
export const explain = (errors: readonly { instancePath: string; message: string }[]) =>
  errors
    .slice(0, 3)
    .map((error) => `${error.instancePath || '/'} ${error.message}`)
    .join('; ');
