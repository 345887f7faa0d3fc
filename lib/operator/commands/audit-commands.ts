import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { vendorFile } from '@/lib/dialects/native/vendor-file';
import type { AuditPart } from '@/lib/operations/audit/export-audit';
import { exportAudit } from '@/lib/operations/audit/export-audit';
import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import type { KnownVendor, Verified } from '@/lib/signing/audit/verify-export';
import { verifyExport } from '@/lib/signing/audit/verify-export';
import type { Answer, Command, Typed } from '../command-line/command';
import { UsageError } from '../command-line/command';
import { appendTo, readNamedFile, writeNewFile } from '../command-line/write-new-file';
import { tellVerified } from './tell-verified';

const exportCommand: Command = {
  name: 'audit export',
  summary: 'Write the sealed audit of a customer, or of the vendor, as JSON lines.',
  options: {
    customer: { type: 'string', value: 'CODE', help: 'Customer whose audit it is.' },
    vendor: { type: 'boolean', help: 'What is no customer’s: keys, products, customers.' },
    'allow-empty': { type: 'boolean', help: 'An audit without entries is no failure.' },
    out: { type: 'string', value: 'FILE', required: true, help: 'New file.' },
  },
  plan(typed) {
    const customer = typed.text('customer') ?? null;
    if ((customer === null) !== typed.flag('vendor')) throw new UsageError('expected either --customer CODE or --vendor');
    const file = typed.text('out') ?? '';
    return (context) => writeExport(context, { customer, file, allowEmpty: typed.flag('allow-empty') });
  },
};

/** Written beside its name and renamed at the end: a file that holds something is whole. */
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

const verifyCommand: Command = {
  name: 'audit verify',
  summary: 'Check an exported audit, without a database, and name the first broken entry.',
  positionals: 'FILE',
  options: {
    vendor: { type: 'string', value: 'FILE', help: 'The vendor.json you trust. Left out: compare the root key by eye.' },
    'at-least': { type: 'string', value: 'N', help: 'Entries that there must be; one when left out.' },
    'allow-empty': { type: 'boolean', help: 'A file without entries is no failure.' },
  },
  plan(typed) {
    const file = typed.positionals[0] ?? '';
    const vendor = typed.text('vendor');
    const known = vendor === undefined ? null : readVendor(vendor);
    const told = { isKnown: known !== null, atLeast: readAtLeast(typed) };
    return { offline: async () => done(tellVerified(await verifyFile(file, known), told)) };
  },
};

function readAtLeast(typed: Typed): number {
  const atLeast = typed.number('at-least');
  const isEmptyAllowed = typed.flag('allow-empty');
  if (isEmptyAllowed && atLeast !== undefined) throw new UsageError('expected either --at-least N or --allow-empty');
  return isEmptyAllowed ? 0 : (atLeast ?? 1);
}

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

export const auditCommands: readonly Command[] = [exportCommand, verifyCommand];
