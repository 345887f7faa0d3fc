import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installMissing, root, runTypescript } from '../../lib/operator/prepare.mjs';

/** Which bench: all of it, or `search`. Options follow. */
const bench = process.argv[2] === 'search' ? 'search' : 'main';

// Compiles the bench into one file and runs that, since the portal runs compiled as well: the loader of the command lines sets the name of
// every function each time one is created, which costs a fifth of the measured speed. The engine flags are the portal's.

checkNode();
await installMissing({ say: (line) => console.error(line) });
const folder = mkdtempSync(join(root, 'node_modules/.airgate-bench-'));
const outfile = join(folder, 'bench.mjs');
try {
  const { compile } = await import('../../lib/operator/compile.mjs');
  await compile({ entryPoints: [join(root, `e2e/bench/${bench}.ts`)], outfile, packages: 'external' });
  const { ENGINE_FLAGS } = await runTypescript(join(root, 'lib/operator/launch/engine-flags.ts'));
  const child = spawn(process.execPath, [...ENGINE_FLAGS, outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
