/** The documents tell the truth: their commands exist, their links lead somewhere, the map names what is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const documents = ['README.md', 'docs/ARCHITECTURE.md', 'docs/OPERATIONS.md', 'docs/DESIGN-LANGUAGE.md']
  .concat(readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

describe.each(documents)('$path', ({ path, text }) => {
  it('names only commands that there are', () => {
    const named = [...text.matchAll(/\bnpm (?:run )?([a-z]+)/g)].map(([, name]) => name);
    const known = [...Object.keys(scripts), 'ci', 'install'];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  });
});

it('the README explains every command that is not a step of another', () => {
  const { text } = documents[0];
  const own = Object.keys(scripts).filter((name) => !name.startsWith('pre'));
  expect(own.filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(text))).toEqual([]);
});

it('operators are told of counters that there are', () => {
  const { text } = documents[2];
  const folder = join(root, 'server');
  const files = readdirSync(folder, { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const named = [...text.matchAll(/`(\w+_total)\b/g)].map(([, name]) => name);
  // Words are counted by what they are about.
  const isThere = (name) =>
    source.includes(`'${name}'`) || source.includes(`\`\${topic}${name.replace(/^[a-z]+/, '')}\``);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !isThere(name))).toEqual([]);
});

it('the architecture names every module, and no other', () => {
  const { text } = documents[1];
  const modules = readdirSync(join(root, 'server/modules'));
  const drawn = [...text.matchAll(/^│ {4}(\w+) {2,}\w/gm)].map(([, name]) => name);
  expect(drawn.sort()).toEqual(modules.sort());
});

it('decisions are numbered without gaps', () => {
  const names = documents.map(({ path }) => relative('docs/decisions', path)).filter((name) => /^\d{4}-/.test(name));
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index));
});
