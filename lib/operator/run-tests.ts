import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './launch/root';
import { provideBrowser } from './testing/find-browser';
import type { Count } from './testing/test-report';
import { countPlaywright, countVitest, judge } from './testing/test-report';

/** A runner that hangs is ended after this. */
const LONGEST_RUN_MS = 40 * 60_000;

/** Looked for before everything else, so that nobody waits for the other checks to hear that there is none. */
const browser = provideBrowser({ isCheckMachine: process.env.CI === 'true', say: console.log });
await browser.catch((error: unknown) => console.error(error instanceof Error ? error.message : error));

const reports = mkdtempSync(join(tmpdir(), 'airgate-reports-'));
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

const program = (path: string) => join(ROOT, 'node_modules', path);
const NEXT = program('next/dist/bin/next');
const FILE = join(ROOT, 'lib/operator/run-typescript.mjs');

/** A runner: the commands it consists of, all of which must succeed, and where its tests are counted, if it has any. */
interface Runner {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
  readonly count?: () => Count | null;
  readonly environment?: () => Promise<Readonly<Record<string, string>>>;
}

const RUNNERS: readonly Runner[] = [
  { name: 'lint', commands: [[program('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']] },
  {
    name: 'types',
    commands: [
      [NEXT, 'typegen'],
      [program('typescript/bin/tsc'), '--noEmit'],
    ],
  },
  { name: 'dead code', commands: [[program('knip/bin/knip.js')]] },
  {
    name: 'vitest',
    commands: [
      [program('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    ],
    count: () => countVitest(vitestReport),
  },
  { name: 'build', commands: [[FILE, 'lib/operator/launch/build.ts']] },
  {
    name: 'playwright',
    commands: [[program('@playwright/test/cli.js'), 'test', '--reporter=list,json']],
    count: () => countPlaywright(playwrightReport),
    environment: async () => ({
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
      CHROMIUM_PATH: await browser,
    }),
  },
];

function runCommand(parameters: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((settle) => {
    const env = { ...process.env, ...environment, NEXT_TELEMETRY_DISABLED: '1' };
    const child = spawn(process.execPath, parameters, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: LONGEST_RUN_MS,
    });
    child.once('error', () => settle(127));
    child.once('exit', (code) => settle(code ?? 1));
  });
}

async function runAll({ commands, environment }: Runner): Promise<number> {
  const values = environment === undefined ? {} : await environment();
  for (const command of commands) {
    const exitCode = await runCommand(command, values);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

async function runOne(runner: Runner): Promise<Count> {
  console.log(`\n== ${runner.name}`);
  try {
    const exitCode = await runAll(runner);
    if (runner.count !== undefined) return judge(runner.count(), exitCode);
    return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
}

const lines: string[] = [];
let passed = 0;
let failed = 0;
for (const runner of RUNNERS) {
  const startedAt = performance.now();
  const count = await runOne(runner);
  passed += count.passed;
  failed += count.failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  lines.push(
    `${runner.name.padEnd(12)}${String(count.passed).padStart(5)} passed${String(count.failed).padStart(5)} failed${seconds.padStart(8)} s`,
  );
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
