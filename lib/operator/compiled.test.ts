import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SUMMARY = 'Say whether the software may run.';

/** A copy of the project, whose sources may be changed. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'airgate-compiled-'));
  for (const path of ['lib', 'db', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(ROOT, path), join(project, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: project, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const help = (name = 'device') => run('lib/operator/run-typescript.mjs', `lib/${name}/cli.ts`, '--help');

function replaceIn(file: string, before: string, after: string): void {
  const text = readFileSync(join(project, file), 'utf8');
  expect(text).toContain(before);
  writeFileSync(join(project, file), text.replace(before, after));
}

/** The compiled file in which a text stands. */
function compiledWith(text: string): string {
  const folder = '.next/command-lines';
  const file = readdirSync(join(project, folder)).find((name) =>
    readFileSync(join(project, folder, name), 'utf8').includes(text),
  );
  return join(folder, file ?? 'none');
}

it('runs the sources until they are compiled, then what is compiled, and the sources again once one is changed', () => {
  expect(help()).toContain(SUMMARY);
  run('lib/operator/compile-command-lines.mjs');
  replaceIn(compiledWith(SUMMARY), SUMMARY, 'Said by what is compiled.');
  expect(help()).toContain('Said by what is compiled.');
  expect(help('operator')).toContain('vendor init');
  const database = { DATA_DIR: 'data', DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' };
  const environment = { ...process.env, INIT_CWD: project, ...database };
  const words = ['lib/operator/run-typescript.mjs', 'lib/operator/cli.ts', 'product', 'list'];
  const listed = spawnSync(process.execPath, words, { cwd: project, encoding: 'utf8', env: environment });
  expect(listed).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^DATABASE_URL.*: expected a database that lets us in/),
  });

  replaceIn('lib/device/cli/commands.ts', SUMMARY, 'Said by a newer source.');
  expect(help()).toContain('Said by a newer source.');
  run('lib/operator/compile-command-lines.mjs');
  expect(compiledWith('Said by a newer source.')).toMatch(/\.mjs$/);
  expect(help()).toContain('Said by a newer source.');

  replaceIn(compiledWith('Said by a newer source.'), 'Said by a newer source.', 'Made with other packages.');
  expect(help()).toContain('Made with other packages.');
  replaceIn('package-lock.json', '\n}\n', '\n}\n\n');
  expect(help()).toContain('Said by a newer source.');
});
