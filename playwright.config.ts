import { defineConfig } from '@playwright/test';
import { findBrowser } from './lib/operator/testing/find-browser';

const executablePath = await findBrowser();
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  globalSetup: './e2e/helpers/global-setup.ts',
  forbidOnly: true,
  retries: 0,
  // A third of each test is waiting: for disks, mails and the other processor. Three keep two processors busy.
  workers: 3,
  // How long whatever hangs is waited for, on the slowest machine: no test judges time, and none has a limit of its own.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  use: {
    browserName: 'chromium',
    // Recording every page costs a third of the time; what a failed page looked like is kept anyway.
    trace: process.env.AIRGATE_TRACE === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
      ],
    },
  },
});
