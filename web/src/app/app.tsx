import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { IntlProvider } from 'use-intl';
import type { Locale, Messages } from '../lib/i18n.ts';
import { createQueryClient } from '../lib/query.ts';
import { createAppRouter } from './router.tsx';

/** The language, the cache and the routes around every page. */
export function App({ locale, messages }: { locale: Locale; messages: Messages }) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createAppRouter(queryClient));
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </IntlProvider>
  );
}
