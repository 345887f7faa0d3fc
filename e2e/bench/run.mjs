import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installMissing, root, runTypescript } from '../../lib/operator/prepare.mjs';

/** Which bench: all of it, or `search`. Options follow. */
const bench = process.argv[2] === 'search' ? 'search' : 'main';

// Compiles the bench into one file and runs that, since the portal, too, runs compiled: the loader that the command lines use names every
// function anew each time one is made, which costs what is measured a fifth of its speed. The engine is set up as the portal's is.

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
