import { z } from 'zod';
import { listExchangesOfFile } from '@/db/exchange/read-exchange';
import { readAccount } from '@/db/people/read-people';
import type { KeptFile } from '@/db/support/inspections';
import { readKeptFile } from '@/db/support/inspections';
import { maskedText } from '@/lib/dialects/detect-dialect';
import type { UploadedFile } from '@/lib/dialects/dialect';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Actor } from '../actor';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import { dialectsOf } from '../dialects/registry';
import type { FilePreview } from '../exchange/describe-preview';
import { describePreview } from '../exchange/describe-preview';
import { evaluateFile } from '../exchange/evaluate-file';
import { rejectMissingBytes } from '../exchange/open-file';
import type { ExchangeShown } from '../exchange/show-exchange';
import { defineOperation, done, refuse } from '../operation';
import type { CheckedFile } from './run-checks';
import { runChecks } from './run-checks';

const BEFORE_ROWS = 50;

/** What handing the file in now would change. Finding out changes nothing. */
export type WouldBe = FilePreview & {
  /** Whose rights it was decided with. */
  readonly as: string;
};

/** A file, looked into. */
export interface Inspection extends Omit<CheckedFile, 'opened'> {
  readonly file: KeptFile;
  /** What is shown instead of the file, where secrets stand in it in the clear; null: the file itself. */
  readonly maskedText: string | null;
  readonly wouldBe: WouldBe | null;
  /** What was done with this file, or with the request in it, newest first. */
  readonly before: readonly ExchangeShown[];
}

/** Looks into a file that was handed in (by the id of any of its exchanges) or that support brought: every check, and what it says. */
export const showInspection = defineOperation({
  name: 'file.show',
  kind: 'query',
  permission: 'file:inspect',
  input: z.object({ id: z.uuid() }),
  async run({ id }, context) {
    const scope = scopeOf(context.actor);
    if (scope.kind !== 'all') return refuse(reject('not-allowed'));
    const kept = await readKeptFile(context.db, { scope, id });
    if (kept === null) return refuse(reject('not-found'));
    const keys = await context.keyring.current();
    const file = { ...kept, content: kept.content && (await keys.files.decrypt(kept.content)) };
    const checked =
      file.content === null ? notKept(file) : await runChecks(context, { file: uploadedAs(file, file.content), keys });
    const { opened, ...shown } = checked;
    const actor = await handedInBy(context, file);
    const evaluated = opened && (await evaluateFile({ ...context, actor }, { opened, keys }));
    const before = await listExchangesOfFile(context.db, {
      scope,
      fileDigest: file.fileDigest,
      requestKey: opened?.requestKey ?? null,
      limit: BEFORE_ROWS,
    });
    const masked = file.content && maskedText(dialectsOf(context), uploadedAs(file, file.content));
    const told = masked === null ? file : { ...file, content: new Uint8Array() };
    return done<Inspection>({
      ...shown,
      file: told,
      maskedText: masked,
      wouldBe: evaluated && { ...describePreview(evaluated, context.actor.role), as: actor.label },
      before,
    });
  },
});

function uploadedAs({ id, fileName, kindAsked, isCall }: KeptFile, bytes: Uint8Array): UploadedFile {
  const kind = kindAsked && (isCall ? { calledFor: kindAsked } : { kindAsked });
  return { name: fileName, bytes, id, ...kind };
}

function notKept({ fileSize }: KeptFile): CheckedFile {
  const rejection = rejectMissingBytes({ code: null, facts: { bytes: fileSize ?? 0 }, fileSize });
  return { checks: [], learnt: [], opened: null, rejection };
}

/** Whoever handed it in, if that is one of a customer's people: the decision depends on what they may use. Otherwise who asks. */
async function handedInBy(context: ActingContext, { userId }: KeptFile): Promise<Actor> {
  const person = userId === null ? null : await readAccount(context.db, userId);
  if (person === null || person.role === 'support' || person.customerId === null) return context.actor;
  return { role: person.role, userId: person.userId, customerId: person.customerId, label: person.email };
}
