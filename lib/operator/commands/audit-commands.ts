import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { UsageError } from '@/lib/command-line/command';
import { appendTo, readNamedFile, writeNewFile } from '@/lib/command-line/named-files';
import { wholeNumber } from '@/lib/command-line/readers';
import { vendorFile } from '@/lib/dialects/native/vendor-file';
import type { AuditPart } from '@/lib/operations/audit/export-audit';
import { exportAudit } from '@/lib/operations/audit/export-audit';
import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import type { KnownVendor, Verified } from '@/lib/signing/audit/verify-export';
import { verifyExport } from '@/lib/signing/audit/verify-export';
import { describeVerified } from './describe-verified';
import type { Answer, OperatorCommand } from './perform-command';
import { planning } from './perform-command';

const exportCommand = planning({
  words: 'audit export',
  summary: 'Write the sealed audit of a customer, or of the vendor, as JSON lines.',
  example: '--customer hallmann --out audit.jsonl',
  options: {
    customer: { flags: '--customer CODE', help: 'Customer whose audit it is.' },
    vendor: { flags: '--vendor', help: 'What is no customer’s: keys, products, customers.' },
    allowEmpty: { flags: '--allow-empty', help: 'An audit without entries is no failure.' },
    file: { flags: '--out FILE', isRequired: true, help: 'New file.' },
  },
  plan({ customer = null, vendor, allowEmpty, file }) {
    if ((customer === null) !== vendor) throw new UsageError('expected either --customer CODE or --vendor');
    return (context) => writeExport(context, { customer, file, allowEmpty });
  },
});

/** Writes to a second file and renames it at the end, so that a file with content is complete. */
async function writeExport(
  context: OperationContext,
  { customer, file, allowEmpty }: { customer: string | null; file: string; allowEmpty: boolean },
): Promise<Result<Answer>> {
  let read = await perform(exportAudit, { customer }, context);
  if (!read.ok) return read;
  writeNewFile(file, { text: '', mode: 0o600 });
  const part = `${file}.part`;
  await rm(part, { force: true });
  let count = 0;
  let entries = 0;
  for (;;) {
    const { lines, next, entries: more }: AuditPart = read.value;
    appendTo(part, lines.map((line) => `${line}\n`).join(''));
    count += lines.length;
    entries += more;
    if (next === null) break;
    read = await perform(exportAudit, { customer, after: next }, context);
    if (!read.ok) return read;
  }
  await rename(part, file);
  const isEmpty = entries === 0 && !allowEmpty;
  const empty = isEmpty ? [`Empty: the audit of ${customer ?? 'the vendor'} holds no entry.`] : [];
  const check = `Check it anywhere, without a database: audit verify ${file} --vendor vendor.json`;
  return done({
    json: { file, lines: count, entries },
    lines: [...empty, `Wrote ${file}: ${count} lines.`, check],
    isRefused: isEmpty,
  });
}

const verifyCommand = planning({
  words: 'audit verify',
  summary: 'Check an exported audit, without a database, and name the first broken entry.',
  example: 'audit.jsonl --vendor vendor.json',
  options: {
    file: { flags: 'FILE', help: 'The export.' },
    vendor: { flags: '--vendor FILE', help: 'The vendor.json you trust. Left out: compare the root key by eye.' },
    atLeast: { flags: '--at-least N', reader: wholeNumber, help: 'Entries that there must be.', fallback: '1' },
    allowEmpty: { flags: '--allow-empty', help: 'A file without entries is no failure.' },
  },
  plan({ file, vendor, atLeast, allowEmpty }) {
    if (allowEmpty && atLeast !== undefined) throw new UsageError('expected either --at-least N or --allow-empty');
    const known = vendor === undefined ? null : readVendor(vendor);
    const expected = { isKnown: known !== null, atLeast: allowEmpty ? 0 : (atLeast ?? 1) };
    return { offline: async () => done(describeVerified(await verifyFile(file, known), expected)) };
  },
});

function readVendor(file: string): KnownVendor {
  const found = vendorFile.safeParse(parseJson(new TextDecoder().decode(readNamedFile(file))));
  if (!found.success) throw new UsageError(`expected a vendor.json as vendor export writes it, found something else in ${file}`);
  return { vendorId: found.data.vendor_id, rootPublicJwk: found.data.root_public_jwk };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function verifyFile(file: string, known: KnownVendor | null): Promise<Verified> {
  try {
    return await verifyExport(linesOf(file), known);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new UsageError(`expected a file that can be read: ${cause.message}`, { cause });
  }
}

/** Lines end with LF and nothing else: other line separators of Unicode may stand in a text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

export const auditCommands: readonly OperatorCommand[] = [exportCommand, verifyCommand];
