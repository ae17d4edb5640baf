/** The server's entry: a page as markup, with its data and its head. Built for Node beside the browser's chunks. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { dehydrate } from '@tanstack/react-query';
import { createMemoryHistory } from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import { useTranslations } from 'use-intl';
import { mayHaveSession } from '../features/accounts/api.ts';
import { type Boot, BootProvider, useBoot } from '../lib/boot.ts';
import { LanguageProvider, loadMessages } from '../lib/i18n.tsx';
import { HeadSink, type PageHead } from '../lib/page-head.ts';
import { createQueryClient } from '../lib/query.ts';
import { provideSurroundings, type Surroundings } from '../lib/surroundings.ts';
import { partsOf } from '../messages/parts.ts';
import { App } from './app.tsx';
import { createAppRouter } from './router.tsx';
import { streamPositionQuery } from './stream-position.ts';

export interface RenderRequest {
  /** Path and query as the browser asked for them. */
  url: string;
  boot: Omit<Boot, 'data'>;
  surroundings: Surroundings;
}

export type Rendered =
  | { redirect: string }
  | {
      status: number;
      /** Inner markup of `#root`. */
      html: string;
      head: PageHead;
      boot: Boot;
      /** How the sources end whose chunks the page needs beside the entry, for preloading them. */
      chunks: string[];
      /** Why the page itself could not be rendered; the markup says that something broke. */
      error?: unknown;
    };

const running = new AsyncLocalStorage<Surroundings>();
provideSurroundings(() => {
  const surroundings = running.getStore();
  if (!surroundings) throw new Error('Nothing is being rendered.');
  return surroundings;
});

export const renderPage = (request: RenderRequest): Promise<Rendered> =>
  running.run(request.surroundings, () => render(request));

async function render({ url, boot: start }: RenderRequest): Promise<Rendered> {
  const queryClient = createQueryClient();
  // Before everything else: what changes from here on is told to the page.
  if (mayHaveSession()) await queryClient.prefetchQuery(streamPositionQuery);
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [url] }));
  const [messages] = await Promise.all([loadMessages(start.locale), router.load()]);
  const result = router._serverResult;
  if (result?.type === 'redirect') return { redirect: result.redirect.headers.get('location') ?? '/' };

  const boot: Boot = { ...start, data: dehydrate(queryClient) };
  const pages = router.state.matches.flatMap(({ staticData }) => staticData.page ?? []);
  const words = new Set(['shell', ...pages.flatMap(partsOf)]);
  const chunks = [
    ...pages.map((page) => `/${page}.tsx`),
    ...[...words].map((part) => `/messages/${start.locale}/${part}.ts`),
  ];
  let head: PageHead = {};
  let html: string;
  try {
    html = renderToString(
      <HeadSink
        value={(told) => {
          head = told;
        }}
      >
        <App boot={boot} messages={messages} queryClient={queryClient} router={router} />
      </HeadSink>,
    );
  } catch (error) {
    const broken = renderToString(
      <BootProvider value={boot}>
        <LanguageProvider messages={messages}>
          <BrokenPage />
        </LanguageProvider>
      </BootProvider>,
    );
    return { status: 500, html: broken, head: { status: 500 }, boot: { ...boot, data: null }, chunks, error };
  } finally {
    queryClient.clear();
  }
  return {
    status: head.status ?? result?.status ?? 200,
    html,
    head,
    // What failed is asked for again by the browser, which then renders from nothing.
    boot: head.status || (result?.status ?? 200) !== 200 ? { ...boot, data: null } : boot,
    chunks,
  };
}

/** Stands until the browser has rendered what it can of the page. */
function BrokenPage() {
  const t = useTranslations('errors');
  const { requestId } = useBoot();
  return (
    <main className="mx-auto max-w-3xl px-5 pt-12">
      <h1 className="text-title">{t('page.brokenTitle')}</h1>
      <p className="mt-3 text-lg text-soft">{t('page.brokenLead')}</p>
      {requestId ? <p className="mt-3 text-sm text-faint">{t('reference', { id: requestId })}</p> : null}
      <p className="mt-8">
        <a href="/" className="link">
          {t('page.home')}
        </a>
      </p>
    </main>
  );
}
