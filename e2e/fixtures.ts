import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { fromSetUp } from './environment';
import type { Mailbox } from './mailbox';
import { openMailbox } from './mailbox';
import type { CommandResult } from './run-command';
import { runCommand } from './run-command';

interface Fixtures {
  /** A folder of this test alone: where its command lines run and its files lie. */
  folder: string;
  mailbox: Mailbox;
  /** The offline machine's command line, run in {@link Fixtures.folder}. */
  device(...parameters: string[]): Promise<CommandResult>;
  /** The operator's command line on the portal under test. */
  operator(...parameters: string[]): Promise<CommandResult>;
  /** Console errors that this test expects, as patterns. Any other fails it. */
  expectedConsoleErrors: RegExp[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern
  baseURL: async ({}, use) => use(fromSetUp('url')),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'airgate-test-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  mailbox: async ({}, use) => use(openMailbox(fromSetUp('mail'))),

  device: async ({ folder }, use) => use((...parameters) => runCommand({ file: 'lib/device/cli.ts', parameters, folder })),

  operator: async ({ folder }, use) => {
    const environment = { DATA_DIR: fromSetUp('dataDir') };
    await use((...parameters) => runCommand({ file: 'lib/operator/cli.ts', parameters, folder, environment }));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  expectedConsoleErrors: async ({}, use) => use([]),

  page: async ({ page, expectedConsoleErrors }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    await use(page);
    const unexpected = errors.filter((text) => !expectedConsoleErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, 'errors on the console').toEqual([]);
  },
});

export { expect };
