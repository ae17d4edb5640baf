import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type Boot, BootProvider } from '../lib/boot.ts';
import { LanguageProvider, type Messages } from '../lib/i18n.tsx';
import type { AppRouter } from './router.tsx';

interface AppProps {
  boot: Boot;
  /** On the server, where every request has a language of its own. */
  messages?: Messages;
  queryClient: QueryClient;
  router: AppRouter;
}

/** The language, the cache and the routes around every page; the same on the server and in the browser. */
export function App({ boot, messages, queryClient, router }: AppProps) {
  return (
    <BootProvider value={boot}>
      <LanguageProvider messages={messages}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </BootProvider>
  );
}
