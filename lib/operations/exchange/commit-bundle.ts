import { randomUUID } from 'node:crypto';
import type { IssueCommit } from '@/db/exchange/commit';
import { commitBundle as commitLines } from '@/db/exchange/commit';
import type { ExchangeEntry } from '@/db/exchange/exchange-entry';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { PreparedActivation } from './commit-activation';
import { assumedOf, prepareActivation, toIssue } from './commit-activation';
import type { Bundles } from './dialect-hooks';
import type { EvaluatedLine } from './evaluate-activation';
import type { OpenedFile } from './open-file';
import { signingOf } from './signing-of';

interface ToCommit {
  readonly opened: OpenedFile;
  readonly lines: readonly EvaluatedLine[];
  readonly bundles: Bundles;
  readonly keys: Keys;
  /** Members of the exchange row that tell of the file itself. */
  readonly file: Partial<ExchangeEntry>;
}

/**
 * Seals the answer to a request for a bundle and commits all of it in one statement, or nothing. The answer is kept with the first entitlement;
 * with each of the others, its own part of it. Answers the exchange of the first, or `stale`.
 */
export async function commitBundle(context: ActingContext, input: ToCommit): Promise<ExchangeEntry | 'stale'> {
  const { opened, keys, bundles } = input;
  const prepared = await prepare(context, input);
  const replyKeys = { ...keys.replyKeys, signing: signingOf(context, prepared.map(assumedOf)) };
  const whole = await bundles.seal(
    prepared.map(({ reply }) => reply),
    replyKeys,
  );
  const issues: IssueCommit[] = [];
  for (const [index, line] of prepared.entries()) {
    const sealed = index === 0 ? whole : await opened.dialect.seal(line.reply, replyKeys);
    issues.push(await toIssue(context, line, sealed));
  }
  const outcome = await commitLines(context.db, issues);
  return outcome === 'done' && issues[0] !== undefined ? issues[0].exchange : 'stale';
}

/** One device for all of them: known to one of them already, or made with the first. */
async function prepare(context: ActingContext, { opened, lines, keys, file }: ToCommit): Promise<PreparedActivation[]> {
  const knownId = lines.map(({ evaluated }) => evaluated.known?.row.id).find((id) => id !== undefined);
  const deviceId = knownId ?? randomUUID();
  const prepared: PreparedActivation[] = [];
  for (const [index, { evaluated, requestKey }] of lines.entries()) {
    const { decision, entitlement, request } = evaluated;
    if (entitlement === null || (decision.outcome !== 'grant' && decision.outcome !== 'renew')) {
      throw new Error(`expected an entitlement to grant, found ${decision.outcome}`);
    }
    prepared.push(
      await prepareActivation(context, {
        opened: { ...opened, request, requestKey },
        evaluated,
        decision,
        entitlement,
        keys,
        // The file itself is kept with the first.
        file: index === 0 ? file : {},
        device: { id: deviceId, isNew: knownId === undefined && index === 0 },
      }),
    );
  }
  return prepared;
}
