import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Plain JavaScript and nothing but Node: this runs before anything is installed.

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const OLDEST_NODE = [20, 19];

/** Ends the process with exit status 3 and a message when Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Airgate needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(3);
}

/** The folder that the caller's relative paths start from: `npm run` changes to the package and keeps the caller's folder in INIT_CWD. */
export function callerFolder() {
  return process.cwd() === root && process.env.INIT_CWD !== undefined ? process.env.INIT_CWD : process.cwd();
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Compares the lock file with npm's record of its last install. Optional packages may be for another platform. */
function isInstalled() {
  const found = packagesIn(join(root, 'node_modules/.package-lock.json'));
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    if (found[path] === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found[path].version === wanted.version;
  });
}

/**
 * Installs the packages of the lock file, unless they are installed.
 *
 * @param {{ say: (line: string) => void }} options prints the line about the wait
 */
export async function installMissing({ say }) {
  if (isInstalled()) return;
  say('Installing packages (once, about a minute) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Not `npm ci`: that one refuses a lock file that does not name the optional packages of every platform, which npm leaves out when the
  // registry it was written with does not carry them. The versions in the lock file hold here too, and it is not rewritten.
  const options = ['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = await run(command, [...first, ...options]);
  if (status === 0) return;
  console.error(
    'The packages could not be installed; what npm says is above. Airgate needs the npm registry once, for `npm install`.',
  );
  process.exit(3);
}

/** Runs a program in the project's folder and passes on its standard error only. @returns its exit code */
function run(command, parameters, environment = {}) {
  return new Promise((settle) => {
    const env = { ...process.env, ...environment };
    const child = spawn(command, parameters, { cwd: root, env, stdio: ['ignore', 'ignore', process.stderr] });
    child.once('error', (error) => {
      console.error(`expected to run ${command}, found: ${error.message}`);
      settle(127);
    });
    child.once('exit', (code) => settle(code ?? 1));
  });
}

/** Runs a TypeScript file in this process, with `@/` meaning the project from every folder. @returns its exports */
export async function runTypescript(file) {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: join(root, 'tsconfig.json') });
  return import(pathToFileURL(file).href);
}
