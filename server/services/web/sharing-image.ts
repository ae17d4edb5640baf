/**
 * The pictures that other sites show for a link to us: `/og/home.png`, `/og/projects/1.png`, `/og/people/1.png`, each
 * in a language with `?lang=ar`. They show what a visitor without an account may see, and nothing else.
 */
import { createHash } from 'node:crypto';
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import type { Locale } from '@collabthon/contracts/shapes';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { keysOf, markForCdn } from '../../platform/cdn/shared.ts';
import { sendProblem } from '../../platform/http/errors.ts';
import { isLocale } from '../../platform/http/language.ts';
import { notFound } from '../../platform/http/problems.ts';
import { API_BASE } from '../../platform/http/routes.ts';
import { createDrawingDesk } from './drawing-desk.ts';
import { homeCard, personCard, projectCard } from './sharing-cards.ts';

const CACHED_BYTES = 32 * 1024 * 1024;

/** Where the API tells what a card shows, and the card. */
const subjects = {
  projects: {
    address: (id: string) => `${API_BASE}/projects/${id}`,
    card: (body: unknown, locale: Locale) => projectCard(body as Project, locale),
  },
  people: {
    address: (id: string) => `${API_BASE}/users/${id}/profile`,
    card: (body: unknown, locale: Locale) => personCard(body as Profile, locale),
  },
};

export function mountSharingImages(app: FastifyInstance): void {
  const desk = createDrawingDesk();
  // Those who ask for a picture that is being drawn wait for the same one.
  const pictures = new LRUCache<string, Buffer, string>({
    maxSize: CACHED_BYTES,
    sizeCalculation: (picture) => picture.length,
    // One that is pushed out while it is made still goes to those who wait for it.
    ignoreFetchAbort: true,
    fetchMethod: (_tag, _stale, { context: svg }) => desk.draw(svg),
  });

  app.get('/og/*', { schema: { hide: true } }, async (request, reply) => {
    const { '*': path } = request.params as { '*': string };
    const locale = localeOf(request);
    const [, kind, id] = /^(projects|people)\/([1-9]\d{0,14})\.png$/.exec(path) ?? [];

    let card: string;
    if (path === 'home.png') card = homeCard(locale);
    else if (kind && id) {
      const subject = subjects[kind as keyof typeof subjects];
      // Without credentials, but from the caller's address, so that its limits count.
      const answer = await app.inject({ url: subject.address(id), remoteAddress: request.ip });
      if (answer.statusCode !== 200) {
        const retryAfter = answer.headers['retry-after'];
        if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
        return reply
          .code(answer.statusCode)
          .headers({ 'content-type': answer.headers['content-type'], 'cache-control': 'no-store' })
          .send(answer.rawPayload);
      }
      markForCdn(reply, keysOf(answer.headers));
      card = subject.card(answer.json(), locale);
    } else return sendProblem(request, reply, notFound('url'));

    // The card decides the picture: the same one needs to be neither drawn nor sent again.
    const tag = `"${createHash('sha256').update(card).digest('base64url').slice(0, 22)}"`;
    const isKnown = request.headers['if-none-match']?.includes(tag) ?? false;
    const picture = isKnown ? undefined : await pictures.fetch(tag, { context: card });
    return (
      reply
        // Made to be shown by others.
        .headers({ etag: tag, 'cache-control': 'public, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' })
        .code(isKnown ? 304 : 200)
        .type('image/png')
        .send(picture)
    );
  });
}

/** The language that an address names; English without one. */
export function localeOf(request: FastifyRequest): Locale {
  const { lang } = request.query as Record<string, unknown>;
  return typeof lang === 'string' && isLocale(lang) ? lang : 'en';
}
