import { join } from 'node:path';
import { checkNode, installMissing, root, runTypescript } from './prepare.mjs';

checkNode();
await installMissing({ say: (line) => console.log(line) });
process.chdir(root);
await runTypescript(join(root, 'lib/operator/run-tests.ts'));
