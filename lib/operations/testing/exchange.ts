import { sql } from 'drizzle-orm';
import type { OperationContext } from '../context';
import { commitFile } from '../exchange/commit-file';
import { downloadReply } from '../exchange/show-exchange';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';

/** The outcome of a file: `done` or `repeated` with its answer, or the code of the refusal. */
export interface Outcome {
  readonly code: string;
  readonly exchangeId: string | null;
  readonly submissionId: string;
}

/** Submits a file and commits it at once. `code` is `done`, `repeated` or the code of the refusal. */
export async function exchange(context: OperationContext, file: string | Uint8Array): Promise<Outcome> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const submitted = await perform(submitFile, { fileName: 'request.txt', bytes }, context);
  if (!submitted.ok) return { code: submitted.rejection.code, exchangeId: null, submissionId: '' };
  const { submissionId } = submitted.value;
  const answered = await perform(commitFile, { submissionId }, context);
  if (!answered.ok) return { code: answered.rejection.code, exchangeId: null, submissionId };
  const { exchangeId, repeated } = answered.value;
  return { code: repeated ? 'repeated' : 'done', exchangeId, submissionId };
}

/** The text of an exchange's answer. */
export async function replyOf(context: OperationContext, { exchangeId }: Outcome): Promise<string> {
  const result = await perform(downloadReply, { exchangeId }, context);
  if (!result.ok) throw new Error(`expected a reply, found ${result.rejection.code}`);
  return result.value.text;
}

/** The seats of an entitlement: its counter, and its activations by state. */
export interface Standing {
  readonly held: number;
  readonly counted: number;
  readonly states: Readonly<Record<string, number>>;
}

/** Reads the seats of an entitlement straight from the tables. */
export async function standingOf({ db }: Pick<OperationContext, 'db'>, entitlementId: string): Promise<Standing> {
  const rows = await db.execute<{ held: number; states: Record<string, number> }>(sql`
    select e.seats_held as held, (select coalesce(jsonb_object_agg(state, n), '{}') from
      (select state, count(*) as n from activations where entitlement_id = e.id group by state) s) as states
    from entitlements e where e.id = ${entitlementId}::uuid`);
  const [row] = rows;
  if (row === undefined) throw new Error(`expected the entitlement ${entitlementId}, found none`);
  const { held, states } = row;
  return { held, states, counted: (states.active ?? 0) + (states.releasing ?? 0) };
}

/** The activation that an exchange was about. */
export async function activationOf({ db }: Pick<OperationContext, 'db'>, { exchangeId }: Outcome): Promise<string> {
  const rows = await db.execute<{ id: string }>(sql`select activation_id as id from exchanges where id = ${exchangeId}::uuid`);
  return rows[0]?.id ?? '';
}

/** Makes a lease end before all others, so that it is among those that a calendar holds. */
export async function endSoon({
  portal,
  activationId,
}: {
  portal: Pick<OperationContext, 'db'>;
  activationId: string;
}): Promise<object> {
  await portal.db.execute(
    sql`update activations set lease_ends_at = lease_starts_at + interval '1 day' where id = ${activationId}::uuid`,
  );
  return {};
}
