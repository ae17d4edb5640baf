import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Beginnings of the paths of what takes longest, those first: one that begins last is waited for by a core that idles. */
const LONGEST = ['e2e/pages-', 'e2e/pro', 'server/services/', 'e2e/', 'chaos/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((path) => moduleId.includes(`/${path}`));
      return place === -1 ? LONGEST.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['{server,contracts,scripts,e2e,bench,chaos}/**/*.test.{ts,mjs}', 'web/src/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**'],
    // One PostgreSQL for the whole run; every test file takes a database of its own from it.
    globalSetup: ['server/platform/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Ends what hangs; a machine that does much else is no reason.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes in its time, also on a machine that does much else.
    expect: { poll: { timeout: 15_000 } },
    // A promise that nobody waits for hides failures.
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
