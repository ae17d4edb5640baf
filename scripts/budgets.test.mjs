import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'budgets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of a built web whose chunks weigh so many kilobytes. */
function budgetsOf(weights) {
  const client = join(folder, 'web/dist/client');
  mkdirSync(join(client, '.vite'), { recursive: true });
  const manifest = {};
  for (const [source, kilobytes] of Object.entries(weights)) {
    const file = source.replaceAll('/', '-');
    writeFileSync(join(client, file), 'x'.repeat(kilobytes * 1000));
    manifest[source] = { file, isDynamicEntry: source.endsWith('.tsx') };
  }
  writeFileSync(join(client, '.vite/manifest.json'), JSON.stringify(manifest));
  const script = join(import.meta.dirname, 'budgets.mjs');
  return spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
}

const shell = {
  'index.html': 60,
  'src/messages/en/shell.ts': 10,
  'src/messages/en/pages.ts': 7,
  'src/messages/en/settings.ts': 3,
};

test('a page in a layout is counted with it', () => {
  const pages = { 'src/app/home-page.tsx': 5, 'src/app/settings-layout.tsx': 25, 'src/x/settings-data-page.tsx': 20 };
  const { status, stderr, stdout } = budgetsOf({ ...shell, ...pages });
  expect(stderr).toBe('JavaScript of settings-data-page: 125 kB, the budget is 120 kB\n');
  expect(stdout).toContain('home 75 of 80 kB, largest page settings-data-page 125 of 120 kB');
  expect(status).toBe(1);
});

test('a page that keeps its budget is not complained of', () => {
  const { status, stderr } = budgetsOf({ ...shell, 'src/app/home-page.tsx': 5, 'src/x/project-page.tsx': 39 });
  expect([status, stderr]).toEqual([0, '']);
});
