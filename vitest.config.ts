import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders of functions that keep nothing between calls, so that their tests need neither a server nor modules of their own. */
const PURE = '{components,lib/dialects,lib/licensing,lib/signing}/**/*.test.{ts,tsx}';

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js` } },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    // A thread starts in half the time of a process.
    pool: 'threads',
    // One more than there are processors, because one waits: for a crash, a lock, the database.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'portal',
          include: ['{app,components,db,lib}/**/*.test.{ts,tsx}'],
          exclude: [PURE],
          globalSetup: './db/testing/global-setup.ts',
        },
      },
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
    ],
  },
});
