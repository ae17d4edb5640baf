/**
 * Gets a clone ready to run: installs packages when they differ from the lock file and, with `--web`, builds the web
 * when its sources changed. Plain JavaScript, because it runs under the system's Node before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const modules = join(root, 'node_modules');

await main();

async function main() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Collabthon needs Node 20.19 or newer to install itself; this is ${process.version}. Get one from nodejs.org.`,
    );
  }
  if (isInstallStale()) await install();
  if (process.argv.includes('--web') && existsSync(join(root, 'web/index.html'))) await buildWebIfStale();
}

/**
 * Compares what the lock file wants with npm's own record of what is there, and that with the folders themselves,
 * since some commands of npm write the record alone. Packages of other systems may lack.
 */
function isInstallStale() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(modules, '.package-lock.json'));
  if (!wanted) fail('package-lock.json is missing or broken; get it back from version control.');
  if (!present) return true;
  const paths = new Set(
    [...Object.keys(wanted), ...Object.keys(present)].filter((path) => path.startsWith('node_modules/')),
  );
  return [...paths].some((path) => {
    const want = wanted[path];
    const have = present[path];
    if (!have) return !want.optional && !want.peer;
    if (!want || want.version !== have.version || want.integrity !== have.integrity) return true;
    return !existsSync(join(root, path));
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install() {
  const total = Object.keys(readPackages(join(root, 'package-lock.json'))).length;
  const finished = announce(`Installing what Collabthon needs, up to ${total} packages (npm ci) …`);
  const ok = await run(...npm(), ['ci', '--no-audit', '--no-fund'], root);
  if (!ok) fail('The installation failed; npm says above why. Put it right (network? disk space?) and start again.');
  finished('Installed');
}

/** The npm that started us, under the Node that it runs on: the one in node_modules is about to be replaced. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  return script && node ? [node, [script]] : ['npm', []];
}

async function buildWebIfStale() {
  const stampFile = join(root, 'web/dist/.sources');
  const sources = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return;
  const finished = announce('Building the web …');
  const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const vite = join(modules, 'vite/bin/vite.js');
  const ok = await run(node, [vite], ['build', '--logLevel', 'warn'], join(root, 'web'));
  if (!ok) fail('The web could not be built; the reason is above.');
  writeFileSync(stampFile, sources);
  finished('Built the web');
}

/** One hash over everything that goes into the web. */
function hashSources() {
  const hash = createHash('sha256');
  for (const file of [
    ...filesBelow(join(root, 'web')),
    ...filesBelow(join(root, 'contracts')),
    join(root, 'package-lock.json'),
  ]) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

/** Resolves to whether the command succeeded. Its output is shown as it comes. */
function run(command, first, rest, cwd) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules));
  const child = spawn(command, [...first, ...rest], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Says what begins, shows that time passes, and returns the function that says what it took. */
function announce(text) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log(text);
  const ticker = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  ${seconds()} s `), 1000)
    : setInterval(() => console.log(`  still at it, ${seconds()} s`), 10_000);
  return (done) => {
    clearInterval(ticker);
    console.log(`${process.stdout.isTTY ? '\r' : ''}${done} in ${seconds()} s.`);
  };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
