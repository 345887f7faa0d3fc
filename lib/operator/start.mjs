import { join } from 'node:path';
import { callerFolder, checkNode, installMissing, root, runTypescript } from './prepare.mjs';

checkNode();
await installMissing({ say: (line) => console.log(line) });
process.env.INIT_CWD = callerFolder();
process.chdir(root);
await runTypescript(join(root, 'lib/operator/launch/serve.ts'));
