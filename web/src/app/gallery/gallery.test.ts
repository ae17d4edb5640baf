/** Whatever can be used again is shown: a component or a token that the gallery misses is one that nobody looks at. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '../../');
const read = (path: string) => readFileSync(join(src, path), 'utf8');
const gallery = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => read(`app/gallery/${name}`))
  .join('\n');

/** Only parts of others that are shown, and the one that stands on every page. */
const shownByOthers = ['Field', 'Drawing', 'Toaster'];

it('every shared component is in the gallery', () => {
  const missing = readdirSync(join(src, 'components'))
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const isShownWhole = new RegExp(`import \\* as \\w+ from '../../components/${file}'`).test(gallery);
      const names = [...read(`components/${file}`).matchAll(/^export (?:function|const) ([A-Z]\w+)/gm)];
      return isShownWhole ? [] : names.map(([, name = '']) => name);
    })
    .filter((name) => !new RegExp(`<${name}\\b`).test(gallery) && !shownByOthers.includes(name));
  expect(missing).toEqual([]);
});

it('every colour, time and size of text is in the gallery', () => {
  const names = [...read('styles/tokens.css').matchAll(/--(?:color-([a-z-]+)|(tone-ink|time-[a-z]+)|(text-[a-z]+)):/g)]
    .map(([, colour, own, size]) => colour ?? own ?? size ?? '')
    .filter((name) => !['transparent', 'current'].includes(name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !gallery.includes(name))).toEqual([]);
});
