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

// Who goes on before a page has begun to fade in leaves nothing out: what was broken off on purpose is no failure.
addEventListener('unhandledrejection', (event) => {
  if (event.reason?.name === 'AbortError') event.preventDefault();
});

const boot = readBoot();
document.documentElement.lang = boot.locale;
document.documentElement.dir = directionOf(boot.locale);

// Taken over in pieces, so that a tap in between is heard.
await aMoment();
const queryClient = createQueryClient();
if (boot.data) fillCache(queryClient, boot.data);
const router = createAppRouter(queryClient);

// The server's markup is complete only when the page's own code is here; until then it stands as it is.
await Promise.all([speak(boot.locale), boot.data ? router.load() : undefined]);
await aMoment();
// The first of the browser's formatters reads what it knows of languages, which costs a phone as much as a third of a page.
new Intl.NumberFormat(boot.locale).format(0);
await aMoment();
const app = <App boot={boot} queryClient={queryClient} router={router} />;

if (boot.data) {
  router.ssr = { manifest: undefined };
  const touched = findTouched(root);
  hydrateRoot(root, app);
  for (const [field, events] of touched)
    for (const name of events) field.dispatchEvent(new Event(name, { bubbles: true }));
} else {
  root.replaceChildren();
  createRoot(root).render(app);
}

function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What the reader typed, chose or ticked in the markup before the code had come, and the events that let the page hear
 * of it. Looked for before the code takes the markup over, which changes what fields take for their defaults.
 */
function findTouched(page: HTMLElement): [Field, events: string[]][] {
  // After a reload or on the way back the browser fills fields by itself, with what may be out of date.
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type !== 'navigate') return [];
  return [...page.querySelectorAll<Field>('input, textarea, select')].flatMap((field): [Field, string[]][] => {
    const events = eventsOf(field);
    return events.length > 0 ? [[field, events]] : [];
  });
}

function eventsOf(field: Field): string[] {
  if (field instanceof HTMLSelectElement) {
    const preset = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex === Math.max(0, preset) ? [] : ['input', 'change'];
  }
  if (field.type === 'checkbox' || field.type === 'radio') {
    return (field as HTMLInputElement).checked === (field as HTMLInputElement).defaultChecked ? [] : ['change'];
  }
  return field.value === field.defaultValue ? [] : ['input'];
}
