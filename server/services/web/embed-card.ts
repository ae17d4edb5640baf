/**
 * A project as a card for other sites: `/embed/projects/1`, in a language with `?lang=ar`. A picture and a link, without
 * scripts, cookies or anything of the reader's; it shows what a visitor without an account may see.
 */
import { createHash } from 'node:crypto';
import type { Project } from '@collabthon/contracts/projects';
import type { FastifyInstance } from 'fastify';
import { keysOf, markForCdn } from '../../platform/cdn/shared.ts';
import { API_BASE } from '../../platform/http/routes.ts';
import { escapeHtml } from './document.ts';
import { localeOf } from './sharing-image.ts';

const style =
  'body{margin:0}a{display:block}img{display:block;width:100%;height:auto}a:focus-visible{outline:4px solid #1d2433;outline-offset:-4px}';
const policy = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

export function mountEmbedCard(app: FastifyInstance, publicUrl: string): void {
  app.get('/embed/projects/:id', { schema: { hide: true } }, async (request, reply) => {
    const { id } = request.params as { id: string };
    const locale = localeOf(request);
    const address = `${API_BASE}/projects/${encodeURIComponent(id)}`;
    // Without credentials, but from the caller's address, so that its limits count.
    const answer = await app.inject({ url: address, remoteAddress: request.ip });
    // Set on the raw answer by helmet; it would forbid what `frame-ancestors` allows.
    reply.raw.removeHeader('x-frame-options');
    reply.headers({
      'content-security-policy': policy,
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex',
    });
    if (answer.statusCode !== 200) {
      reply.header('cache-control', 'no-store');
      return reply.code(answer.statusCode).type('application/problem+json').send(answer.rawPayload);
    }
    markForCdn(reply, keysOf(answer.headers));
    const project = answer.json() as Project;
    const { title, description } = project;
    const alt = `${title}. ${description.replace(/\s+/g, ' ').slice(0, 200).trim()}`;
    const page = new URL(`/projects/${project.id}`, publicUrl).href;
    return reply
      .header('cache-control', 'public, max-age=300')
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="${locale}"><meta charset="utf-8">` +
          `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>` +
          `<style>${style}</style><a href="${escapeHtml(page)}" target="_blank" rel="noopener">` +
          `<img src="/og/projects/${project.id}.png?lang=${locale}" width="1200" height="630" alt="${escapeHtml(alt)}"></a></html>`,
      );
  });
}
