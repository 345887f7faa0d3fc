import { resolve } from 'node:path';
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
await runTypescript(resolve(root, file));
