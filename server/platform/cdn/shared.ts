/**
 * Answers that caches outside may keep for all who have not signed in. Browsers ask again each time, since nobody can tell
 * them that something has changed; a CDN that is told by purges keeps them for minutes (RFC 9213).
 */
import type { FastifyReply } from 'fastify';
import { addVary } from '../http/answers.ts';

/** Seconds. What nobody purges, or what the purge was lost of, ends by itself. */
const FOR_CDN = 'max-age=300, stale-while-revalidate=60, stale-if-error=3600';

/** @param keys surrogate keys; empty where no CDN is told what has changed */
export function markShared(reply: FastifyReply, keys: readonly string[]): void {
  reply.header('cache-control', 'public, no-cache');
  addVary(reply, 'authorization');
  addVary(reply, 'cookie');
  markForCdn(reply, keys);
}

/** Lets a CDN keep an answer, and find it by its keys. */
export function markForCdn(reply: FastifyReply, keys: readonly string[], lifetime = FOR_CDN): void {
  if (keys.length === 0) return;
  reply.headers({
    'cdn-cache-control': lifetime,
    'surrogate-control': lifetime,
    'surrogate-key': keys.join(' '),
    'cache-tag': keys.join(','),
  });
}

/** The surrogate keys of an answer that was asked for in process. */
export const keysOf = (headers: Record<string, unknown>): string[] =>
  typeof headers['surrogate-key'] === 'string' ? headers['surrogate-key'].split(' ') : [];

/** `project/{id}` with what stands in braces, `id` or `project.id`, taken from an object. */
export const fill = (template: string, from: unknown): string =>
  template.replace(/\{([\w.]+)\}/g, (_match, path: string) =>
    String(path.split('.').reduce((value, field) => (value as Record<string, unknown> | undefined)?.[field], from)),
  );
