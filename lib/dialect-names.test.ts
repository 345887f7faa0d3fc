import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { DIALECT_IDS } from './licensing/dialects/dialect-id';

const ROOT = join(import.meta.dirname, '..');

/** Names of the dialects that the portal did not make. Its own, `native`, is what the general code falls back on. */
const NAMES = new RegExp(DIALECT_IDS.filter((id) => id !== 'native').join('|'), 'i');

/** Where a dialect is at home: folders and files with its name in their path, and what is its own under another name. */
const ROOMS = [
  NAMES,
  // The registries, one room in each layer: they tie the dialects to what asks for them.
  /\/dialects\/[\w-]+\.(?:ts|tsx|sql)$/,
  // Addresses that the software of a dialect was built with.
  /^app\/(?:v1|api\/v4|api\/\[\[\.\.\.path\]\])\//,
  // Pages that make a dialect's files.
  /^app\/\(portal\)\/(?:seats\/\[id\]\/machine-file|entitlements\/\[id\]\/licence-file)\//,
  // Tests, and what they are made of, try every dialect.
  /\.test\.tsx?$/,
  /\/testing\//,
];

/** Files of the general code that name a dialect, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'lib/operator/demo/demo-vendor.ts': 'the demo shows what dialects can do',
  'lib/operator/demo/fill-demo.ts': 'the demo makes the keys of a dialect',
};

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|sql)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('db/migrations/') && file !== 'db/schema.sql');
}

const files = ['app', 'components', 'db', 'lib'].flatMap(filesIn);
const namesOne = (file: string) => NAMES.test(readFileSync(join(ROOT, file), 'utf8'));

test('general code names no dialect but the portal’s own', () => {
  expect(files.length).toBeGreaterThan(500);
  const found = files.filter((file) => !ROOMS.some((room) => room.test(file)) && namesOne(file));
  expect(found.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});
