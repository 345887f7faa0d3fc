import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findCompiled } from './compiled.mjs';
import { callerFolder, checkNode, installMissing, root, runTypescript } from './prepare.mjs';

// run-typescript.mjs FILE ARGUMENT…: FILE is of this project; the arguments are the caller's, and so are the relative paths in them.
const [node, , file, ...rest] = process.argv;
if (file === undefined) {
  console.error('usage: node lib/operator/run-typescript.mjs FILE ARGUMENT…');
  process.exit(2);
}
checkNode();
await installMissing({ say: (line) => console.error(line) });
const folder = callerFolder();
process.env.INIT_CWD = folder;
process.chdir(folder);
process.argv = [node, resolve(root, file), ...rest];
const compiled = findCompiled(file);
await (compiled === null ? runTypescript(resolve(root, file)) : import(pathToFileURL(compiled).href));
