import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { provideBrowser } from './find-browser';

const empty = mkdtempSync(join(tmpdir(), 'airgate-no-browser-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(empty, { recursive: true, force: true });
});

test('without a browser nothing is installed on somebody’s machine; the command that does is said', async () => {
  vi.stubEnv('PATH', empty);
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', empty);
  vi.stubEnv('CHROMIUM_PATH', '');
  const lines: string[] = [];
  await expect(provideBrowser({ isCheckMachine: false, say: (line) => lines.push(line) })).rejects.toThrow(
    '`npx playwright install chromium`',
  );
  expect(lines).toEqual([]);
});
