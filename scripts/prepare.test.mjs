/** Runs the real script, and the real npm, in a small project whose packages are folders beside it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let root = '';

beforeAll(() => {
  root = join(mkdtempSync('/tmp/collabthon prepare '), 'a clone');
  write('package.json', {
    name: 'small',
    private: true,
    dependencies: { node: 'file:packages/node', vite: 'file:packages/vite' },
  });
  write('packages/node/package.json', { name: 'node', version: '1.0.0', bin: { node: 'run.sh' } });
  write('packages/node/run.sh', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  chmodSync(join(root, 'packages/node/run.sh'), 0o755);
  // Stands in for the builder: what it leaves shows what it was given.
  write('packages/vite/package.json', { name: 'vite', version: '1.0.0' });
  write(
    'packages/vite/bin/vite.js',
    `const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.copyFileSync('index.html', 'dist/index.html');`,
  );
  write('web/index.html', 'one');
  write('contracts/src/shapes.ts', '');
  cpSync(join(import.meta.dirname, 'prepare.mjs'), join(root, 'scripts/prepare.mjs'));
  execFileSync('npm', ['install', '--package-lock-only', '--offline'], { cwd: root, stdio: 'ignore' });
});

afterAll(() => rmSync(dirname(root), { recursive: true }));

it('installs a fresh clone and builds its web, saying so', () => {
  const { status, stdout } = prepare('--web');
  expect(stdout).toMatch(
    /^Installing .* \(npm ci\) …\n(.*\n)*Installed in \d+ s\.\nBuilding the web …\nBuilt the web in \d+ s\.\n$/,
  );
  expect(status).toBe(0);
  expect(read('web/dist/index.html')).toBe('one');
});

it('does nothing, and says nothing, when all is in place', () => {
  expect(prepare('--web')).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

it('builds again when a source of the web or of the contracts changes', () => {
  write('web/index.html', 'two');
  expect(prepare().stdout).toBe('');
  expect(prepare('--web').stdout).toMatch(/^Building/);
  expect(read('web/dist/index.html')).toBe('two');
  write('contracts/src/shapes.ts', '// new');
  expect(prepare('--web').stdout).toMatch(/^Building/);
  expect(prepare('--web').stdout).toBe('');
});

it('installs again when the lock file changes', () => {
  write('packages/extra/package.json', { name: 'extra', version: '1.0.0' });
  execFileSync('npm', ['install', '--package-lock-only', '--offline', './packages/extra'], {
    cwd: root,
    stdio: 'ignore',
  });
  expect(prepare().stdout).toMatch(/^Installing/);
  expect(existsSync(join(root, 'node_modules/extra/package.json'))).toBe(true);
  expect(prepare().stdout).toBe('');
});

it('fails with a sentence when the lock file is broken or npm cannot install', () => {
  const lock = read('package-lock.json');
  write('package-lock.json', 'no json');
  expect(prepare()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^package-lock\.json is missing or broken; .*\n$/),
  });
  write('package-lock.json', lock);
  rmSync(join(root, 'node_modules'), { recursive: true });
  write('package.json', { name: 'small', private: true, dependencies: { other: '1.0.0' } });
  const failed = prepare();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/The installation failed; .*\n$/);
});

function prepare(...args) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, npm_config_offline: 'true' };
  return spawnSync(process.execPath, ['scripts/prepare.mjs', ...args], { cwd: root, env, encoding: 'utf8' });
}

function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}
