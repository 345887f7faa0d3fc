import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from './prepare.mjs';

// Plain JavaScript and nothing but Node: this runs before each command.

/** Entry files of the compiled command lines, by name. */
export const COMMAND_LINES = { operator: 'lib/operator/cli.ts', device: 'lib/device/cli.ts' };

export const COMPILED = join(root, '.next/command-lines');

/** Lists the sources of the compiled command lines, with their digest. */
export const MADE_OF = join(COMPILED, 'made-of.json');

/** Digests files of the project with their names and the project's folder, whose path the compiled files contain. */
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
