/** From a rendered page to the whole HTML document: its head, what to load early, and what the browser starts with. */
import { type Locale, locales } from '@collabthon/contracts/shapes';
import { directionOf } from '../../platform/http/language.ts';
import { ownPages } from './own-pages.ts';
import type { Boot, PageHead, Rendered } from './renderer.ts';

/** Of Vite's manifest: the chunk of a source file, and the chunks that it imports. */
export type Manifest = Record<string, { file: string; imports?: string[]; css?: string[] }>;

export interface DocumentParts {
  /** The built index.html. */
  template: string;
  manifest: Manifest;
  /** Where the files of the build are: the address of a CDN, or empty. */
  filesAt: string;
  publicUrl: string;
  rendered: Extract<Rendered, { html: string }>;
  theme: string | null;
  /** The language that the address itself names. */
  asked: Locale | null;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/** JSON inside a `<script>`: nothing in it can end the element or begin a comment. */
const scriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

export function writeDocument({
  template,
  manifest,
  filesAt,
  publicUrl,
  rendered,
  theme,
  asked,
}: DocumentParts): string {
  const { html, head, boot, chunks } = rendered;
  const attributes = `lang="${boot.locale}" dir="${directionOf(boot.locale)}"${theme ? ` data-theme="${theme}"` : ''}`;
  // Functions, since `$` in a replacement text would be read as a pattern.
  return template
    .replace('<html lang="en" dir="ltr">', () => `<html ${attributes}>`)
    .replace(/media="\(prefers-color-scheme: (\w+)\)"/g, (asks, of) =>
      theme ? `media="${theme === of ? 'all' : 'not all'}"` : asks,
    )
    .replace('<!--head-->', () =>
      [...headTags(head, boot, publicUrl, asked), ...preloads(manifest, filesAt, boot, chunks)].join('\n    '),
    )
    .replace('<!--page-->', () => html)
    .replace('<!--boot-->', () => `<script type="application/json" id="boot">${scriptJson(boot)}</script>`);
}

/** Open Graph wants a territory with each language. */
const territories: Record<Locale, string> = { en: 'en_US', es: 'es_ES', hi: 'hi_IN', ar: 'ar_AR' };

/** The address in one language; the plain one is English to all who do not say what they prefer. */
function inLanguage(address: URL, language: string | null): string {
  const copy = new URL(address);
  if (language !== null && language !== 'en' && language !== 'x-default') copy.searchParams.set('lang', language);
  return copy.href;
}

const link = (rel: string, href: string, language?: string) =>
  `<link rel="${rel}"${language === undefined ? '' : ` hreflang="${language}"`} href="${escapeHtml(href)}">`;

function headTags(head: PageHead, boot: Boot, publicUrl: string, asked: Locale | null): string[] {
  const title = head.title ?? 'Collabthon';
  const tag = (name: string, content: string) => `<meta name="${name}" content="${escapeHtml(content)}">`;
  const property = (name: string, content: string) => `<meta property="${name}" content="${escapeHtml(content)}">`;
  const tags = [`<title>${escapeHtml(title)}</title>`];
  if (head.description) tags.push(tag('description', head.description), property('og:description', head.description));
  if (!head.canonical || head.status) return [...tags, tag('robots', 'noindex')];

  const canonical = new URL(head.canonical, publicUrl);
  // What members wrote is the same in every language; only pages whose text is ours are pages of their own in each.
  const isTranslated = ownPages.includes(canonical.pathname);
  const address = inLanguage(canonical, isTranslated ? asked : null);
  tags.push(
    link('canonical', address),
    ...(isTranslated
      ? ['x-default', ...locales].map((language) => link('alternate', inLanguage(canonical, language), language))
      : []),
    property('og:title', title),
    property('og:type', 'website'),
    property('og:url', address),
    property('og:site_name', 'Collabthon'),
    property('og:locale', territories[boot.locale]),
  );
  if (head.image) {
    tags.push(
      property('og:image', inLanguage(new URL(head.image, publicUrl), boot.locale)),
      property('og:image:width', '1200'),
      property('og:image:height', '630'),
      property('og:image:alt', title),
      tag('twitter:card', 'summary_large_image'),
    );
  }
  if (head.jsonLd) {
    tags.push(
      `<script type="application/ld+json">${scriptJson({ '@context': 'https://schema.org', url: address, ...head.jsonLd })}</script>`,
    );
  }
  return tags;
}

/** The faces of scripts that index.html does not ask for: no device has one that would stand in without a jolt. */
const scripts: Partial<Record<Locale, string>> = {
  ar: 'src/assets/fonts/readex-pro-arabic.woff2',
  hi: 'src/assets/fonts/noto-sans-devanagari.woff2',
};

/** The page's own code, its catalogue and its script, asked for beside the entry instead of after it. */
function preloads(manifest: Manifest, filesAt: string, boot: Boot, chunks: string[]): string[] {
  const files = new Set<string>();
  const add = (source: string | undefined) => {
    const chunk = source === undefined ? undefined : manifest[source];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const chunk of chunks) add(Object.keys(manifest).find((source) => source.endsWith(chunk)));
  const face = manifest[scripts[boot.locale] ?? '']?.file;
  return [
    ...(face ? [`<link rel="preload" as="font" type="font/woff2" crossorigin href="${filesAt}/${face}">`] : []),
    ...[...files].map((file) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="${filesAt}/${file}">`),
  ];
}
