/**
 * The face of web/dist/server/server.js, which is built from web/src/app/server.tsx. The types are written out, because
 * the server does not import the sources of the web.
 */
import { pathToFileURL } from 'node:url';
import type { Locale } from '@collabthon/contracts/shapes';

export interface Boot {
  locale: Locale;
  zone: string;
  now: number;
  requestId: string;
  isDemo: boolean;
  data: unknown;
}

export interface PageHead {
  title?: string;
  description?: string;
  image?: string;
  canonical?: string;
  jsonLd?: Record<string, unknown>;
  status?: number;
}

export interface RenderRequest {
  url: string;
  boot: Omit<Boot, 'data'>;
  surroundings: { fetch(path: string, init: RequestInit): Promise<Response>; cookie: string };
}

export type Rendered =
  | { redirect: string }
  | { status: number; html: string; head: PageHead; boot: Boot; chunks: string[]; error?: unknown };

export type RenderPage = (request: RenderRequest) => Promise<Rendered>;

export async function loadRenderer(file: string): Promise<RenderPage> {
  const { renderPage } = (await import(pathToFileURL(file).href)) as { renderPage: RenderPage };
  return renderPage;
}
