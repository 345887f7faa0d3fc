import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from './prepare.mjs';

// Plain JavaScript and nothing but Node: this runs before each command.

/** The command lines that are compiled, each by the file it begins with. */
export const COMMAND_LINES = { operator: 'lib/operator/cli.ts', device: 'lib/device/cli.ts' };

export const COMPILED = join(root, '.next/command-lines');

/** The sources that the compiled command lines were made of, and their digest. */
export const MADE_OF = join(COMPILED, 'made-of.json');

/** Digests files of the project with their names, and where it stands, which compiled files carry in them. */
export function digestFiles(files) {
  const hash = createHash('sha256').update(root);
  for (const file of files) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : 'missing');
  }
  return hash.digest('hex');
}

/**
 * Finds the compiled form of a command line.
 *
 * @returns its path; null when there is none, or when a source was changed since it was made
 */
export function findCompiled(file) {
  const wanted = relative(root, resolve(root, file));
  const name = Object.keys(COMMAND_LINES).find((one) => COMMAND_LINES[one] === wanted);
  if (name === undefined || !existsSync(MADE_OF)) return null;
  const { files, digest } = JSON.parse(readFileSync(MADE_OF, 'utf8'));
  return digest === digestFiles(files) ? join(COMPILED, `${name}.mjs`) : null;
}
