/**
 * Holds the built web against its budgets: what a browser loads for a first page, compressed by brotli, in kilobytes
 * of 1,000 bytes. Counted are the entry, the page's chunk, that of the layout around it and all that they import, and the
 * words of the heaviest language.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { partsOf } from '../web/src/messages/parts.ts';

const client = 'web/dist/client';
const limits = { home: 80, page: 120, css: 20 };

const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8'));
const sources = Object.keys(manifest);

/** Bytes on the wire: the compressed sibling where there is one. */
function weigh(file) {
  const path = join(client, file);
  return Math.min(...[path, `${path}.br`].map((each) => statSync(each, { throwIfNoEntry: false })?.size ?? Infinity));
}

function filesOf(source, kind, found = new Set()) {
  const chunk = manifest[source];
  if (kind === 'js' ? found.has(chunk.file) : found.has(source)) return found;
  if (kind === 'js') found.add(chunk.file);
  for (const css of kind === 'css' ? (chunk.css ?? []) : []) found.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, kind, found);
  return found;
}

const sum = (files) => [...files].reduce((total, file) => total + weigh(file), 0);
/** The heaviest language's part of the catalogue. */
const catalogue = (part) =>
  sources
    .filter((source) => /^src\/messages\/\w+\/(\w+)\.ts$/.exec(source)?.[1] === part)
    .map((source) => [...filesOf(source, 'js')])
    .sort((a, b) => sum(b) - sum(a))[0];
const entry = [...filesOf('index.html', 'js'), ...catalogue('shell')];

/** `settings-layout` lies around every page whose name begins with `settings-`, and so for the others. */
function layoutAround(name) {
  const layout = `/${name.split('-')[0]}-layout.tsx`;
  return sources.filter((source) => source.endsWith(layout));
}

const pages = sources
  .filter((source) => manifest[source].isDynamicEntry && /-(page|layout)\.tsx$/.test(source))
  .map((source) => {
    const name = /([^/]+)\.tsx$/.exec(source)[1];
    const words = partsOf(name).flatMap(catalogue);
    const chunks = [source, ...layoutAround(name)].flatMap((each) => [...filesOf(each, 'js')]);
    return { name, bytes: sum(new Set([...entry, ...words, ...chunks])) };
  })
  .sort((a, b) => b.bytes - a.bytes);
const styles = new Set(sources.flatMap((source) => manifest[source].css ?? []));

const kilobytes = (bytes) => Math.round(bytes / 100) / 10;
const findings = [];
const hold = (what, bytes, limit) => {
  if (bytes > limit * 1000) findings.push(`${what}: ${kilobytes(bytes)} kB, the budget is ${limit} kB`);
};
for (const { name, bytes } of pages)
  hold(`JavaScript of ${name}`, bytes, name === 'home-page' ? limits.home : limits.page);
hold('all styles', sum(styles), limits.css);

const home = pages.find(({ name }) => name === 'home-page');
console.log(
  `JavaScript: home ${kilobytes(home.bytes)} of ${limits.home} kB, largest page ${pages[0].name} ` +
    `${kilobytes(pages[0].bytes)} of ${limits.page} kB. Styles: ${kilobytes(sum(styles))} of ${limits.css} kB.`,
);
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;
