import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js` } },
  test: {
    include: ['{app,components,db,lib}/**/*.test.{ts,tsx}'],
    globalSetup: './db/testing/global-setup.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    // One for each processor; left alone, one of two would idle.
    maxWorkers: '100%',
  },
});
