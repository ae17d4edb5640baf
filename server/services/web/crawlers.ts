/** What other sites read of us: pictures for shared links, the rules for robots, the map of public pages. */
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../platform/module.ts';
import { mountEmbedCard } from './embed-card.ts';
import { mountSharingImages } from './sharing-image.ts';
import { mountSitemap } from './sitemap.ts';

/** Mounts `/og/`, `/embed/`, `/robots.txt`, `/sitemap.xml` and `/sitemaps/`. */
export function mountForCrawlers(app: FastifyInstance, platform: Platform): void {
  mountSharingImages(app);
  mountEmbedCard(app, platform.config.http.publicUrl);
  mountSitemap(app, platform);
}
