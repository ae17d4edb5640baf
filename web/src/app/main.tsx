/** The browser's entry: takes over the markup that the server rendered, or renders the page where there is none. */
import '../styles/main.css';
import { hydrate as fillCache } from '@tanstack/react-query';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { readBoot } from '../lib/boot.ts';
import { speak } from '../lib/i18n.tsx';
import { directionOf } from '../lib/locales.ts';
import { createQueryClient } from '../lib/query.ts';
import { App } from './app.tsx';
import { createAppRouter } from './router.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

const boot = readBoot();
document.documentElement.lang = boot.locale;
document.documentElement.dir = directionOf(boot.locale);

const queryClient = createQueryClient();
if (boot.data) fillCache(queryClient, boot.data);
const router = createAppRouter(queryClient);

// The server's markup is complete only when the page's own code is here; until then it stands as it is.
await Promise.all([speak(boot.locale), boot.data ? router.load() : undefined]);
const app = <App boot={boot} queryClient={queryClient} router={router} />;

if (boot.data) {
  router.ssr = { manifest: undefined };
  hydrateRoot(root, app);
  hearWhatWasTyped(root);
} else {
  root.replaceChildren();
  createRoot(root).render(app);
}

/** Lets the page hear what its reader typed, chose or ticked in the markup before the code had come. */
function hearWhatWasTyped(page: HTMLElement): void {
  // After a reload or on the way back the browser fills fields by itself, with what may be out of date.
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type !== 'navigate') return;
  for (const field of page.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
    const options = field instanceof HTMLSelectElement ? [...field.options] : [];
    const isChosen = options.some((option) => option.selected !== option.defaultSelected);
    const isTicked = field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
    const isTyped = !(field instanceof HTMLSelectElement) && field.value !== field.defaultValue;
    if (isTyped || isChosen) field.dispatchEvent(new Event('input', { bubbles: true }));
    if (isChosen || isTicked) field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
