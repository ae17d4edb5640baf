/**
 * Holds every import of the repository against the walls between its parts, as drawn in docs/ARCHITECTURE.md.
 * `node scripts/walls.mjs [folder]` prints each breach and fails if there is one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from 'oxc-parser';

const isTest = (path) => /\.test\.tsx?$/.test(path) || path.startsWith('server/platform/testing/');
const isHelperOfTests = (path) => isTest(path) || /\/test-[^/]+\.ts$/.test(path);
const moduleOf = (path) => /^server\/modules\/([^/]+)\//.exec(path)?.[1];

/** Each wall: what it is called, why it stands, and which import breaches it. */
const walls = [
  {
    name: 'contracts stand alone',
    why: 'what all agree on depends on nobody',
    isBreach: ({ from, to }) => from.startsWith('contracts/') && !to.startsWith('contracts/'),
  },
  {
    name: 'the platform knows no module',
    why: 'modules are handed to it; only its test helpers mount them all',
    isBreach: ({ from, to }) =>
      from.startsWith('server/platform/') && !isTest(from) && /^server\/(modules|services|demo)\//.test(to),
  },
  {
    name: 'a module knows no sibling',
    why: 'modules meet through calls and events of contracts, which lets them run apart',
    isBreach: ({ from, to }) => moduleOf(from) && moduleOf(to) && moduleOf(from) !== moduleOf(to),
  },
  {
    name: 'only services compose',
    why: 'a module knows neither the process that mounts it nor the demo that fills it',
    isBreach: ({ from, to }) => moduleOf(from) && !isTest(from) && /^server\/(services|demo)\//.test(to),
  },
  {
    name: 'test helpers do not ship',
    why: 'what runs in production imports nothing that was made for tests',
    isBreach: ({ from, to }) => from.startsWith('server/') && !isHelperOfTests(from) && isTest(to),
  },
  {
    name: 'the web knows contracts only',
    why: 'the browser gets nothing of the server',
    isBreach: ({ from, to }) => from.startsWith('web/') && !/^(web|contracts)\//.test(to),
  },
  {
    name: 'the web takes types only',
    why: 'schemas and their library would weigh on every first page',
    isBreach: ({ from, to, isType }) =>
      from.startsWith('web/') && !isTest(from) && to.startsWith('contracts/') && !isType,
  },
];

if (process.argv[1] === import.meta.filename) {
  const breaches = findBreaches(resolve(process.argv[2] ?? '.'));
  for (const breach of breaches) console.error(breach);
  console.log(breaches.length === 0 ? 'The walls hold.' : `${breaches.length} imports breach a wall.`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}

/** Every breach below `root` as one line, cycles included. */
export function findBreaches(root) {
  const imports = sourceFiles(root).flatMap((file) => importsOf(root, file));
  const crossed = imports.flatMap((link) =>
    walls
      .filter(({ isBreach }) => isBreach(link))
      .map(({ name, why }) => `${link.from} imports ${link.to}: ${name} (${why})`),
  );
  const astray = imports.filter(({ to }) => !existsSync(join(root, to)));
  return [
    ...crossed,
    ...astray.map(({ from, to }) => `${from} imports ${to}, which does not exist`),
    ...findCycles(imports.filter(({ isType }) => !isType)).map((cycle) => `cycle: ${cycle.join(' → ')}`),
  ];
}

function sourceFiles(root) {
  return ['contracts', 'server', 'web', 'bench', 'chaos', 'e2e', 'scripts']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path));
}

/** The imports of one file that lead to files of ours. `import { type T }` loads the file, so it is not type-only. */
function importsOf(root, from) {
  const code = readFileSync(join(root, from), 'utf8');
  const { module } = parseSync(from, code);
  const isType = ({ start }) => /^(import|export)\s+type\b/.test(code.slice(start, start + 40));
  const found = [
    ...module.staticImports.map((item) => ({ specifier: item.moduleRequest.value, isType: isType(item) })),
    ...module.staticExports.flatMap((item) =>
      item.entries
        .filter(({ moduleRequest }) => moduleRequest)
        .map(({ moduleRequest }) => ({ specifier: moduleRequest.value, isType: isType(item) })),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      specifier: /^['"](.*)['"]$/.exec(code.slice(start, end))?.[1] ?? '',
      isType: false,
    })),
  ];
  return found.flatMap(({ specifier, isType: typeOnly }) => {
    const contract = /^@collabthon\/contracts\/(.+)$/.exec(specifier)?.[1];
    if (contract) return [{ from, to: `contracts/src/${contract}.ts`, isType: typeOnly }];
    if (!specifier.startsWith('.')) return [];
    const target = relative(root, resolve(root, dirname(from), specifier.replace(/\?.*$/, '')));
    return [{ from, to: target.split(sep).join('/'), isType: typeOnly }];
  });
}

/** One cycle for each group of files that reach themselves, by depth-first search. */
function findCycles(imports) {
  const next = Map.groupBy(imports, ({ from }) => from);
  const state = new Map();
  const path = [];
  const cycles = [];
  const visit = (file) => {
    state.set(file, 'open');
    path.push(file);
    for (const { to } of next.get(file) ?? []) {
      if (state.get(to) === 'open') cycles.push([...path.slice(path.indexOf(to)), to]);
      else if (!state.has(to)) visit(to);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of next.keys()) if (!state.has(file)) visit(file);
  return cycles;
}
