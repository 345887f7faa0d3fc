import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../launch/root';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Starts it, because a name in the path may be a stub that only prints how to install the browser. */
function runs(browser: string): boolean {
  return spawnSync(browser, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

function onMachine(): string | null {
  const inPath = (process.env.PATH ?? '').split(':').flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...inPath, ...PLACES].find((browser) => existsSync(browser) && runs(browser)) ?? null;
}

async function playwrightOwn(): Promise<string | null> {
  const { chromium } = await import('@playwright/test');
  const browser = chromium.executablePath();
  return existsSync(browser) && runs(browser) ? browser : null;
}

/**
 * Finds a browser on this machine: the one named in `CHROMIUM_PATH`, a Chromium or Chrome that is installed, or Playwright's own.
 *
 * @throws Error when `CHROMIUM_PATH` names something that does not run
 */
export async function findBrowser(): Promise<string | null> {
  const named = process.env.CHROMIUM_PATH;
  if (!named) return onMachine() ?? (await playwrightOwn());
  if (runs(named)) return named;
  throw new Error(`CHROMIUM_PATH: expected a browser that runs, found ${JSON.stringify(named)}`);
}

function attempt(command: string, parameters: string[]): void {
  spawnSync(command, parameters, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
}

/**
 * Finds a browser for the browser tests. Where there is none, it installs one only on a machine that is there for checks alone:
 * Playwright's own, else, as root, the system package.
 *
 * @param options.isCheckMachine `CI=true`
 * @throws Error with the command that installs one
 */
export async function provideBrowser(options: { isCheckMachine: boolean; say: (line: string) => void }): Promise<string> {
  const found = await findBrowser();
  if (found !== null) return found;
  if (!options.isCheckMachine) {
    throw new Error(
      'expected a browser for the browser tests, found none. Install one with `npx playwright install chromium` or as the package chromium of your system, or name one in CHROMIUM_PATH. With CI=true the tests install one themselves.',
    );
  }
  options.say('Installing a browser (once) …');
  attempt(process.execPath, [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  const own = await playwrightOwn();
  if (own !== null) return own;
  if (process.getuid?.() === 0) {
    attempt('apt-get', ['update', '-qq']);
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  const installed = onMachine();
  if (installed !== null) return installed;
  throw new Error('expected a browser for the browser tests, found none and could not install one; set CHROMIUM_PATH');
}
