import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../../lib/operator/launch/root';
import type { WebPortal } from '../web-portal';

/** First-load JavaScript in bytes, as gzip sends it. */
export interface PageWeight {
  readonly exchangeBytes: number;
  readonly emptyBytes: number;
}

/** An app with one page of one word: the weight of Next.js itself. It is inside the project, so that it is built with the same packages. */
const EMPTY_APP = join(ROOT, '.next/empty-page');

const EMPTY_FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "private": true }',
  'next.config.js': `export default { agentRules: false, turbopack: { root: ${JSON.stringify(ROOT)} } };`,
  'app/layout.js': 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.js': 'export default function Page() { return <p>Empty</p>; }',
};

/** Weighs the scripts that the exchange page and an empty page make a browser load first. */
export async function measurePageWeight(portal: WebPortal): Promise<PageWeight> {
  const response = await fetch(`${portal.url}/exchange`, { headers: { cookie: portal.cookie }, redirect: 'manual' });
  if (response.status !== 200) throw new Error(`expected the exchange page, found status ${response.status}`);
  const exchangeBytes = weigh(await response.text(), join(ROOT, '.next'));
  return { exchangeBytes, emptyBytes: await weighEmptyPage() };
}

async function weighEmptyPage(): Promise<number> {
  rmSync(EMPTY_APP, { recursive: true, force: true });
  try {
    mkdirSync(join(EMPTY_APP, 'app'), { recursive: true });
    for (const [name, text] of Object.entries(EMPTY_FILES)) writeFileSync(join(EMPTY_APP, name), text);
    await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: EMPTY_APP,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    return weigh(readFileSync(join(EMPTY_APP, '.next/server/app/index.html'), 'utf8'), join(EMPTY_APP, '.next'));
  } finally {
    rmSync(EMPTY_APP, { recursive: true, force: true });
  }
}

/**
 * Adds up every script that a page names, in a tag or in the data React starts from. Scripts that only browsers without modules load do not
 * count.
 *
 * @param builtIn folder that the page was built in
 */
function weigh(html: string, builtIn: string): number {
  const old = /<script[^>]*\snomodule\b[^>]*>/gi;
  const scripts = new Set(Array.from(html.replace(old, '').matchAll(/static\/chunks\/[\w./~-]+?\.js/g), ([path]) => path));
  if (scripts.size === 0) throw new Error('expected a page that names its scripts, found none');
  return [...scripts].reduce((bytes, path) => bytes + gzipSync(readFileSync(join(builtIn, path))).byteLength, 0);
}
