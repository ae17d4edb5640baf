/** What stands in a page's `<head>`: written by the server for crawlers and shared links, kept in the tab's title here. */
import { createContext, useContext, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { rememberPage } from './recent-pages.ts';

export interface PageHead {
  /** Names the tab; the product's name alone without it. */
  title?: string | undefined;
  /** One or two sentences for search results and shared links. */
  description?: string | undefined;
  /** Path of a picture, 1200 x 630, for shared links. */
  image?: string | undefined;
  /** Path under which this page wants to be known; only pages that have one may be indexed. */
  canonical?: string | undefined;
  /** schema.org data. */
  jsonLd?: Record<string, unknown> | undefined;
  /** Status of the answer when it is not 200: 404 for what is not there. */
  status?: 403 | 404 | 429 | 500 | 503 | undefined;
}

/** Collects the head while the server renders; in the browser there is none. */
export const HeadSink = createContext<((head: PageHead) => void) | null>(null);

/** Called once by every page, through `Page` or directly. */
export function usePageHead(head: PageHead): void {
  const t = useTranslations('app');
  const sink = useContext(HeadSink);
  const title = head.title ? t('documentTitle', { title: head.title }) : t('name');
  sink?.({ ...head, title });
  useEffect(() => {
    document.title = title;
    if (head.title && !head.status) rememberPage(location.pathname, head.title);
  }, [title, head.title, head.status]);
}
