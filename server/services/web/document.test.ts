import { expect, it } from 'vitest';
import { writeDocument } from './document.ts';
import type { PageHead } from './renderer.ts';

const template =
  '<html lang="en" dir="ltr"><head><meta media="(prefers-color-scheme: light)"><meta media="(prefers-color-scheme: dark)"><!--head--></head><body><div id="root"><!--page--></div><!--boot--></body></html>';

function write(
  head: PageHead,
  {
    locale = 'en',
    asked = null,
    theme = null,
  }: { locale?: 'en' | 'ar'; asked?: 'en' | 'ar' | null; theme?: string | null } = {},
) {
  const boot = { locale, zone: 'UTC', now: 0, requestId: 'r', isDemo: false, data: { note: '</script><script>' } };
  const rendered = { status: 200, html: '<main>$& page</main>', head, boot, chunks: [] };
  const manifest = { 'src/assets/fonts/readex-pro-arabic.woff2': { file: 'assets/arabic.woff2' } };
  return writeDocument({ template, manifest, filesAt: '', publicUrl: 'https://c.example', rendered, theme, asked });
}

it('puts the page, its language and what the browser starts with where the template has room for them', () => {
  const document = write({}, { locale: 'ar' });
  expect(document).toContain('<html lang="ar" dir="rtl">');
  expect(document).toContain('<div id="root"><main>$& page</main></div>');
  expect(document.match(/<script/g)).toHaveLength(1);
});

it('colours the window around the page in the theme that was chosen', () => {
  expect(write({})).toContain(
    '<meta media="(prefers-color-scheme: light)"><meta media="(prefers-color-scheme: dark)">',
  );
  const document = write({}, { theme: 'dark' });
  expect(document).toContain('<html lang="en" dir="ltr" data-theme="dark">');
  expect(document).toContain('<meta media="not all"><meta media="all">');
});

it('asks early for the face of a script that no device can stand in for', () => {
  expect(write({}, { locale: 'ar' })).toContain('as="font" type="font/woff2" crossorigin href="/assets/arabic.woff2"');
  expect(write({}, { locale: 'en' })).not.toContain('as="font"');
});

it('describes a public page for shared links, in the language that it is shown in', () => {
  const head = {
    title: 'A "kite" & <more>',
    description: 'It flies.',
    image: '/og/projects/7.png',
    canonical: '/projects/7',
  };
  const document = write(head, { locale: 'ar', asked: 'ar' });
  expect(document).toContain('<title>A &quot;kite&quot; &amp; &lt;more&gt;</title>');
  expect(document).toContain('<link rel="canonical" href="https://c.example/projects/7">');
  expect(document).toContain('content="https://c.example/og/projects/7.png?lang=ar"');
  expect(document).toContain('<meta property="og:locale" content="ar_AR">');
  expect(document).not.toContain('hreflang');
  expect(document).not.toContain('noindex');
});

it('names the other languages of a page whose text is our own, each of which is a page of its own', () => {
  const document = write({ canonical: '/explore/people' }, { locale: 'ar', asked: 'ar' });
  expect(document).toContain('<link rel="canonical" href="https://c.example/explore/people?lang=ar">');
  expect(document.match(/hreflang="[^>]+/g)).toEqual([
    'hreflang="x-default" href="https://c.example/explore/people"',
    'hreflang="en" href="https://c.example/explore/people"',
    'hreflang="es" href="https://c.example/explore/people?lang=es"',
    'hreflang="hi" href="https://c.example/explore/people?lang=hi"',
    'hreflang="ar" href="https://c.example/explore/people?lang=ar"',
  ]);
  // Whose language is only preferred gets it at the one address for all.
  expect(write({ canonical: '/' }, { locale: 'ar' })).toContain('<link rel="canonical" href="https://c.example/">');
});

it('keeps every other page out of search results', () => {
  expect(write({ title: 'Settings' })).toContain('<meta name="robots" content="noindex">');
  expect(write({ canonical: '/projects/7', status: 404 })).toContain('<meta name="robots" content="noindex">');
});
