import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A file in each layer with one import (or call) that its rule refuses, and one that it allows. */
const CASES = [
  { file: 'lib/licensing/wrong.ts', refused: "import 'node:crypto';", allowed: "import './lease';" },
  { file: 'lib/licensing/other.ts', refused: "import '@/lib/signing/key';", allowed: "import type { Lease } from './lease';" },
  {
    file: 'lib/signing/wrong.ts',
    refused: "import '@/lib/dialects/dialect';",
    allowed: "import '@/lib/licensing/leases/lease';",
  },
  { file: 'lib/dialects/wrong.ts', refused: "import '@/db/client';", allowed: "import '@/lib/signing/key';" },
  { file: 'lib/device/wrong.ts', refused: "import '@/lib/operations/operation';", allowed: "import '@/lib/dialects/dialect';" },
  {
    file: 'lib/command-line/wrong.ts',
    refused: "import '@/lib/licensing/refusals/rejection';",
    allowed: "import 'commander';",
  },
  { file: 'lib/device/other.ts', refused: "import 'commander';", allowed: "import '@/lib/command-line/command';" },
  { file: 'db/wrong.ts', refused: "import '@/lib/operations/operation';", allowed: "import 'drizzle-orm/pg-core';" },
  { file: 'lib/operations/wrong.ts', refused: "import 'next/headers';", allowed: "import '@/db/client';" },
  { file: 'lib/operations/other.ts', refused: "import '@/lib/web/sign-in/auth';", allowed: "import '@/lib/dialects/dialect';" },
  { file: 'lib/web/wrong.ts', refused: "import '@/lib/operator/launch/serve';", allowed: "import 'next/headers';" },
  {
    file: 'lib/web/environment.ts',
    refused: 'export const a = process.env.SMTP_URL;',
    allowed: "import '@/lib/settings/settings';",
  },
  { file: 'lib/operations/environment.ts', refused: "import '@/lib/settings/settings';", allowed: "import '@/db/client';" },
  { file: 'db/environment.ts', refused: "import '@/lib/settings/settings';", allowed: "import 'postgres';" },
  { file: 'lib/settings/wrong.ts', refused: "import '@/lib/operations/operation';", allowed: "import 'zod';" },
  { file: 'lib/operator/wrong.ts', refused: "import 'next/headers';", allowed: "import '@/lib/operations/operation';" },
  { file: 'app/(portal)/devices/wrong.ts', refused: "import '../../../db/client';", allowed: "import '../seats/actions';" },
  {
    file: 'components/wrong.tsx',
    refused: "import { a } from '@/lib/operations/operation';",
    allowed: "import { a } from '@/lib/licensing/leases/lease';",
  },
  {
    file: 'components/third.tsx',
    refused: "export { a } from '@/lib/web/auth';",
    allowed: "import type { A } from '@/lib/a';",
  },
  {
    file: 'components/other.tsx',
    refused: "import type { A } from '@/db/client';",
    allowed: "import { A } from '@/components/a';",
  },
  { file: 'app/wrong.tsx', refused: "import '@/db/client';", allowed: "import '@/lib/web/sign-in/auth';" },
  { file: 'app/other.tsx', refused: "import 'next-auth/node_modules/jose';", allowed: "import '@/lib/operations/operation';" },
  { file: 'lib/dialects/native/up.ts', refused: "import '../../signing/key';", allowed: "import '../dialect';" },
  { file: 'lib/signing/up.ts', refused: "import '../licensing/lease';", allowed: "import './key';" },
  { file: 'lib/operations/begin.ts', refused: 'await sql.begin(async () => {});', allowed: 'await sql`select 1`;' },
  { file: 'lib/operations/name.ts', refused: "export const a = 'x'.normalize('NFC');", allowed: "export const b = 'x'.trim();" },
  { file: 'app/name.tsx', refused: "export const a = 'x'.normalize('NFKC').length;", allowed: "export const b = 'x'.trim();" },
  ...['.max(9).refine(isFine)', '.transform(read)', '.min(1).trim()', '.regex(/^a/).nullable()'].map((chain, index) => ({
    file: `lib/web/field-${index}.ts`,
    refused: `export const a = z.string()${chain};`,
    allowed: 'export const b = z.object({ c: z.string().max(9) });',
  })),
  {
    file: 'app/run.tsx',
    refused: 'await listLeases.run({}, context);',
    allowed: 'await perform(listLeases, {}, context);',
  },
  {
    file: 'lib/operations/leases/run.ts',
    refused: 'const { run } = { run: issueRefresh.run };',
    allowed: 'export const a = defineOperation({});',
  },
  {
    file: 'lib/web/define.ts',
    refused: 'defineOperation({});',
    allowed: "import { perform } from '@/lib/operations/operation';",
  },
  ...[
    'performance.now();',
    'process.hrtime();',
    'await page.waitForTimeout(500);',
    'test.setTimeout(9000);',
    'setTimeout(go, 9);',
    "import { setTimeout as sleep } from 'node:timers/promises';",
    "test('a', { timeout: 60_000 }, act);",
    'beforeAll(act, 60_000);',
    'await expect(act).toPass({ timeout: 9000 });',
  ].map((refused, index) => ({ file: `e2e/time-${index}.spec.ts`, refused, allowed: 'await expect.poll(act).toBe(1);' })),
  { file: 'lib/web/time.test.ts', refused: "it('a', act, 60_000);", allowed: 'await sql.end({ timeout: 0 });' },
  { file: 'lib/web/testing/time.ts', refused: 'performance.now();', allowed: 'vi.advanceTimersByTime(9);' },
  { file: 'db/transaction.ts', refused: 'await db.transaction(async (tx) => tx);', allowed: 'await db.execute(sql);' },
];

const RULES = ['lint/style/noRestrictedImports', 'lint/style/noProcessEnv', 'plugin'];

interface Report {
  diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
}

function lint(folder: string): Report {
  const biome = join(import.meta.dirname, '../node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

describe('the layer rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-layers-'));
  let report: Report;

  beforeAll(() => {
    const root = join(import.meta.dirname, '..');
    for (const path of ['biome.json', 'lint', 'package.json', '.gitignore'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, '.git'));
    for (const { file, refused, allowed } of CASES) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${allowed}\n${refused}\n`);
    }
    report = lint(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(CASES)('$file: $refused is refused, $allowed is not', ({ file }) => {
    const found = report.diagnostics.filter(({ category, location }) => location.path === file && RULES.includes(category));
    expect([...new Set(found.map(({ location }) => location.start.line))]).toEqual([2]);
  });
});
