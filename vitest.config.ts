import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders of functions that keep nothing between calls, so that their tests need neither a server nor modules of their own. */
const PURE = '{components,lib/dialects,lib/licensing,lib/signing}/**/*.test.{ts,tsx}';

const resolve = {
  alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js` },
};
// A thread starts in half the time of a process.
const common = {
  pool: 'threads',
  // How long whatever hangs is waited for, on the slowest machine: no test judges time, and none has a limit of its own.
  ...{ testTimeout: 600_000, hookTimeout: 600_000, teardownTimeout: 60_000 },
  expect: { poll: { timeout: 300_000 } },
} as const;

export default defineConfig({
  test: {
    passWithNoTests: false,
    // One more than there are processors, because one waits: for a crash, a lock, the database. Not in the projects, where no option of the
    // command line would reach it.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        resolve,
        test: {
          ...common,
          name: 'portal',
          include: ['{app,components,db,lib}/**/*.test.{ts,tsx}'],
          exclude: [PURE],
          globalSetup: './db/testing/global-setup.ts',
        },
      },
      { resolve, test: { ...common, name: 'pure', include: [PURE], isolate: false } },
    ],
  },
});
