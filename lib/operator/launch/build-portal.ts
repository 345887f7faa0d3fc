import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { webEnvironment } from '@/lib/settings/web-environment';
import { ROOT } from './root';

const SOURCES = [
  'app',
  'components',
  'lib',
  'db',
  'public',
  'next.config.js',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Files that no page is made of. */
const NOT_BUILT = /\.test\.tsx?$|^lib\/(?:operator|device|command-line)\/|^db\/(?:testing|migrations)\//;

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function sourceFiles(): string[] {
  const files = SOURCES.map((path) => join(ROOT, path)).flatMap((path) =>
    path.includes('.', ROOT.length) ? [path] : filesUnder(path),
  );
  return files.filter((file) => existsSync(file) && !NOT_BUILT.test(relative(ROOT, file))).sort();
}

function digestSources(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of sourceFiles()) hash.update(`\0${relative(ROOT, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Next.js's id of a finished build, and our digest of its sources. */
const BUILD_ID = join(ROOT, '.next/BUILD_ID');
const BUILT_FROM = join(ROOT, '.next/built-from');

/** Runs a Node program to its end. @throws Error with its output */
async function runToEnd(parameters: readonly string[], { signal }: { signal: AbortSignal }): Promise<void> {
  const child = spawn(process.execPath, parameters, {
    cwd: ROOT,
    env: { ...webEnvironment(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`expected the build to succeed, found:\n${Buffer.concat(printed).toString()}`);
}

/**
 * Builds the portal, unless the last build had the same sources, and then the command lines.
 *
 * @throws Error with what the build printed
 */
export async function buildPortal({ say, signal }: { say: (line: string) => void; signal: AbortSignal }): Promise<void> {
  const digest = digestSources();
  const isBuilt = existsSync(BUILD_ID) && existsSync(BUILT_FROM) && readFileSync(BUILT_FROM, 'utf8') === digest;
  if (!isBuilt) {
    say('Building (after each change, about a minute) …');
    rmSync(BUILT_FROM, { force: true });
    await runToEnd([join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], { signal });
    writeFileSync(BUILT_FROM, digest);
  }
  await runToEnd([join(ROOT, 'lib/operator/compile-command-lines.mjs')], { signal });
}
