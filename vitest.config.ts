import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{server,contracts,scripts,e2e,bench,chaos}/**/*.test.{ts,mjs}', 'web/src/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**'],
    // One PostgreSQL for the whole run; every test file takes a database of its own from it.
    globalSetup: ['server/platform/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes in its time, also on a machine that does much else.
    expect: { poll: { timeout: 15_000 } },
    // A promise that nobody waits for hides failures.
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
