import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { findBreaches } from './walls.mjs';

const folders = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A repository of the given files, on a base that every import may lead to. */
function repository(files) {
  const root = mkdtempSync(join(tmpdir(), 'walls-'));
  folders.push(root);
  const base = {
    'contracts/src/shapes.ts': '',
    'server/platform/module.ts': '',
    'server/modules/accounts/index.ts': '',
    'server/modules/projects/index.ts': '',
    'server/services/all.ts': '',
    'server/platform/testing/test-app.ts': '',
  };
  for (const [path, text] of Object.entries({ ...base, ...files })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

it.each([
  ['contracts stand alone', 'contracts/src/a.ts', "import '../../server/platform/module.ts';"],
  ['the platform knows no module', 'server/platform/a.ts', "import type { A } from '../modules/accounts/index.ts';"],
  ['a module knows no sibling', 'server/modules/projects/a.ts', "export { a } from '../accounts/index.ts';"],
  ['only services compose', 'server/modules/projects/a.ts', "import '../../services/all.ts';"],
  ['test helpers do not ship', 'server/services/a.ts', "await import('../platform/testing/test-app.ts');"],
  ['the web knows contracts only', 'web/src/a.tsx', "import '../../server/platform/module.ts';"],
  ['the web takes types only', 'web/src/a.ts', "import { type Id } from '@collabthon/contracts/shapes';"],
  ['which does not exist', 'server/services/a.ts', "import './nothing.ts';"],
])('finds a breach: %s', (wall, file, text) => {
  const breaches = findBreaches(repository({ [file]: text }));
  expect(breaches).toHaveLength(1);
  expect(breaches[0]).toContain(wall);
  expect(breaches[0]).toContain(file);
});

it('finds a cycle, but not one of types', () => {
  const values = { 'server/services/a.ts': "import './b.ts';", 'server/services/b.ts': "import './a.ts';" };
  expect(findBreaches(repository(values))).toEqual([
    'cycle: server/services/a.ts → server/services/b.ts → server/services/a.ts',
  ]);
  const types = { ...values, 'server/services/b.ts': "import type { A } from './a.ts';" };
  expect(findBreaches(repository(types))).toEqual([]);
});

it('lets through what is allowed', () => {
  const allowed = {
    'web/src/a.ts': "import type { Id } from '@collabthon/contracts/shapes';",
    'server/modules/projects/a.ts': "import '../../platform/module.ts'; import '@collabthon/contracts/shapes';",
    'server/modules/projects/a.test.ts': "import '../../platform/testing/test-app.ts';",
    'server/services/b.ts': "import '../modules/accounts/index.ts'; import '../modules/projects/index.ts';",
  };
  expect(findBreaches(repository(allowed))).toEqual([]);
});
