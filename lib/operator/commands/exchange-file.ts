import { formatInstant } from '@/lib/command-line/format-table';
import { writeBeside } from '@/lib/command-line/named-files';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain, reject } from '@/lib/licensing/refusals/rejection';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import { findsNoSeat } from '@/lib/licensing/seats/no-seat';
import type { OperationContext } from '@/lib/operations/context';
import { commitFile } from '@/lib/operations/exchange/commit-file';
import type { FilePreview } from '@/lib/operations/exchange/describe-preview';
import type { PreviewedFile } from '@/lib/operations/exchange/preview-file';
import { previewFile } from '@/lib/operations/exchange/preview-file';
import { downloadReply, showExchange } from '@/lib/operations/exchange/show-exchange';
import { submitFile } from '@/lib/operations/exchange/submit-file';
import { perform } from '@/lib/operations/operation';
import { formatPreview } from './format-preview';

/** The result for one file: JSON for programs, and sentences. */
export interface FileOutcome {
  readonly json: { readonly file: string; readonly ok: boolean; readonly [member: string]: unknown };
  readonly lines: readonly string[];
}

interface Exchanging {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The kind of request, for files that do not state it. */
  readonly kindAsked: 'activation' | 'deactivation' | null;
  /** It is another machine than the one it looks like. */
  readonly isAnother: boolean;
  /** Folder for the answer; null only previews. */
  readonly folder: string | null;
}

function refused(path: string, rejection: Rejection, holders: PreviewedFile['holders'] = []): FileOutcome {
  const { code, facts } = rejection;
  const { cause, fix } = explain({ code, facts: readable(facts) });
  const seats = holders.map(({ deviceName, activatedByName, runsOutAt }) => ({
    device: deviceName,
    person: activatedByName,
    until: runsOutAt,
  }));
  return {
    json: { file: path, ok: false, code, cause, fix, facts, ...(holders.length === 0 ? {} : { holders: seats }) },
    lines: [
      ...[`refused (${code}).`, cause, fix],
      ...seats.map(
        ({ device, person, until }) =>
          `${device}${person === null ? '' : ` (${person})`} has a seat until ${formatInstant(until)}.`,
      ),
    ],
  };
}

/** Formats the instants among the facts as the command line does. */
function readable(facts: Rejection['facts']): Rejection['facts'] {
  const entries = Object.entries(facts).map(([name, value]) => {
    const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
    return [name, isInstant ? formatInstant(new Date(value)) : value] as const;
  });
  return Object.fromEntries(entries);
}

function answered(path: string, { json, lines }: ReturnType<typeof formatPreview>): FileOutcome {
  return { json: { file: path, ok: true, ...json }, lines };
}

/** Submits one file as the person of the context, and commits it unless it is only previewed. */
export async function exchangeFile(context: OperationContext, file: Exchanging): Promise<FileOutcome> {
  const { path, name, bytes, kindAsked, isAnother, folder } = file;
  const submitted = await perform(submitFile, { fileName: name.slice(0, 255), bytes, kindAsked }, context);
  if (!submitted.ok) return refused(path, submitted.rejection);
  const { submissionId, rejection } = submitted.value;
  if (rejection !== null && !findsNoSeat(rejection)) return refused(path, rejection);

  const looked = await perform(previewFile, { submissionId, isAnother }, context);
  if (!looked.ok) return refused(path, looked.rejection);
  const { preview, rejection: refusedNow, holders } = looked.value;
  if (refusedNow !== null) return refused(path, refusedNow, holders);
  if (preview === null) return refused(path, reject('file-not-recognised'));
  if (folder === null) return answered(path, formatPreview(preview));
  return commit(context, { path, folder, submissionId, isAnother, preview });
}

async function commit(
  context: OperationContext,
  input: { path: string; folder: string; submissionId: string; isAnother: boolean; preview: FilePreview },
): Promise<FileOutcome> {
  const { path, folder, submissionId, isAnother, preview } = input;
  const committed = await perform(commitFile, { submissionId, isAnother }, context);
  if (!committed.ok) return refused(path, committed.rejection);
  const { exchangeId, repeated } = committed.value;
  const shown = await perform(showExchange, { exchangeId }, context);
  if (!shown.ok) return refused(path, shown.rejection);
  const { exchange, subject } = shown.value;
  const reply = exchange.replyName === null ? null : await perform(downloadReply, { exchangeId }, context);
  if (reply !== null && !reply.ok) return refused(path, reply.rejection);
  const entitlement = subject?.found?.entitlement ?? null;
  const done = {
    isRepeated: repeated,
    seatsAfter: entitlement?.seatsHeld ?? null,
    mayRun: subject && entitlement ? possiblyRunning(entitlement.seatsHeld, entitlement.freed, subject.now) : null,
    leaseEndsAt: exchange.leaseEndsAt,
    answer: reply === null ? null : writeBeside(folder, reply.value),
  };
  return answered(path, formatPreview(preview, done));
}
