import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { runDevice } from '@/lib/device/cli/main';
import { runOperator } from '@/lib/operator/run-operator';
import { fromSetUp } from './environment';
import type { Mailbox } from './mailbox';
import { openMailbox } from './mailbox';
import { openSession } from './open-session';
import type { CommandResult } from './run-command';
import { runCommand } from './run-command';

interface Fixtures {
  /** A folder of this test alone: where its command lines run and its files lie. */
  folder: string;
  mailbox: Mailbox;
  /** The offline machine's command line as a process of its own, run in {@link Fixtures.folder}. */
  deviceProcess(...parameters: string[]): Promise<CommandResult>;
  /** The same without a process, for tests of other things. */
  device(...parameters: string[]): Promise<CommandResult>;
  /** The operator's command line on the portal under test, without a process. */
  operator(...parameters: string[]): Promise<CommandResult>;
  /** Signs the browser of this test in, without its pages. */
  signedIn(email: string): Promise<void>;
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

  deviceProcess: async ({ folder }, use) => use((...parameters) => runCommand({ file: 'lib/device/cli.ts', parameters, folder })),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  device: async ({}, use) => use((...parameters) => runDevice(parameters)),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  operator: async ({}, use) => {
    process.env.DATA_DIR = fromSetUp('dataDir');
    await use(async (...parameters) => {
      const { exitStatus, ...printed } = await runOperator(parameters);
      return { exitCode: exitStatus, ...printed };
    });
  },

  signedIn: async ({ context, mailbox }, use) => use((email) => openSession(context, mailbox, email)),

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
