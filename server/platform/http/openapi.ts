/** The API's description, generated from the schemas that validate, and a page to read it on. */

import type { Routes } from '@collabthon/contracts/contract';
import { Problem } from '@collabthon/contracts/shapes';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import { sessionCookieName } from '../auth/session-cookie.ts';
import type { Config } from '../config/config.ts';
import { API_BASE, mountRoute } from './routes.ts';
import { validatorCompiler } from './validation.ts';

export async function mountOpenApi(app: FastifyInstance, config: Config): Promise<void> {
  app.addSchema({ ...Problem, $id: 'Problem' });
  await app.register(swagger, {
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Collabthon API',
        description: 'Students find each other and build something together.',
        version: '1',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: { type: 'apiKey', in: 'cookie', name: sessionCookieName(config) },
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { url: `${API_BASE}/openapi.json`, deepLinking: true, docExpansion: 'none', layout: 'BaseLayout' },
    theme: { title: 'Collabthon API' },
  });
  app.get(`${API_BASE}/openapi.json`, { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60');
    return app.swagger();
  });
}

/** The description of these routes without a server: what `mountOpenApi` would serve. */
export async function describeApi(routes: Routes, config: Config): Promise<object> {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  await mountOpenApi(app, config);
  for (const [key, spec] of Object.entries(routes))
    mountRoute(
      app,
      { key, spec, handle: async () => undefined },
      { identify: async () => null, limits: null, cache: null, runReading: null, readWish: () => null },
    );
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}
