import { checksOf } from '@/lib/dialects/detect-dialect';
import type { UploadedFile } from '@/lib/dialects/dialect';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '../context';
import { dialectsOf } from '../dialects/registry';
import type { OpenedFile } from '../exchange/open-file';
import { openFile } from '../exchange/open-file';
import type { Keys } from '../keys/keyring';

/** One check of a file and its outcome. */
interface CheckShown {
  readonly id: string;
  /** The condition that is checked. */
  readonly asks: string;
  readonly outcome: 'pass' | 'fail' | 'not-reached';
  /** Why it failed; null otherwise. */
  readonly why: string | null;
}

/** Members of a header or payload, with the check that revealed them. */
export interface Learnt {
  readonly check: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** The result of opening a file step by step. */
export interface CheckedFile {
  readonly checks: readonly CheckShown[];
  readonly learnt: readonly Learnt[];
  readonly opened: OpenedFile | null;
  /** Null when every check passed. */
  readonly rejection: Rejection | null;
}

/** Opens a file exactly as a submission is opened, and records the outcome of each check. The dialect masks secrets. */
export async function runChecks(
  context: Pick<OperationContext, 'dialects'>,
  { file, keys }: { file: UploadedFile; keys: Keys },
): Promise<CheckedFile> {
  const passed: string[] = [];
  const learnt: Learnt[] = [];
  const read = await openFile(context, {
    file,
    keys,
    observe(check, members) {
      passed.push(check);
      if (members !== undefined) learnt.push({ check, members });
    },
  });
  const rejection = read.ok ? null : read.rejection;
  const checks = checksOf(dialectsOf(context), file).map(({ id, asks }, index): CheckShown => {
    if (index < passed.length) return { id, asks, outcome: 'pass', why: null };
    if (index > passed.length || rejection === null) return { id, asks, outcome: 'not-reached', why: null };
    return { id, asks, outcome: 'fail', why: explain(rejection).cause };
  });
  return { checks, learnt, opened: read.ok ? read.opened : null, rejection };
}
