/** What a service answers to its peers, beside the API: its public keys to anybody, calls and events to services alone. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { publicJwk } from '../auth/keys.ts';
import type { CallRegistry } from '../calls/calls.ts';
import type { SigningKey } from '../config/config.ts';
import { type Envelope, type EventBus, envelope } from '../events/events.ts';
import { withDeadline } from './deadline.ts';
import type { Peers } from './peers.ts';

interface Parts {
  peers: Peers;
  calls: CallRegistry;
  events: EventBus;
  signingKey: SigningKey;
}

const headers = Type.Object({
  'x-deadline-ms': Type.Integer({ minimum: 1, maximum: 60_000 }),
  'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});

export function mountPeerRoutes(app: FastifyInstance, { peers, calls, events, signingKey }: Parts): void {
  const keys = { keys: [publicJwk(signingKey)] };
  app.get('/internal/keys', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60');
    return keys;
  });

  app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      await peers.verify(request.headers.authorization);
    });

    scope.post<{ Params: { name: string }; Headers: { 'x-deadline-ms': number; 'idempotency-key'?: string } }>(
      '/internal/calls/:name',
      { schema: { hide: true, headers }, bodyLimit: 1_048_576 },
      async ({ params, body, headers: { 'x-deadline-ms': left, 'idempotency-key': key } }, reply) => {
        const output = await withDeadline(left, () => calls.answer(params.name, body, key));
        // JSON also where it is null or a list.
        return reply.type('application/json').send(JSON.stringify(output));
      },
    );

    scope.post<{ Body: Envelope }>(
      '/internal/events',
      { schema: { hide: true, body: envelope }, bodyLimit: 1_048_576 },
      async ({ body }, reply) => {
        await events.accept(body);
        return reply.code(204).send();
      },
    );
  });
}
