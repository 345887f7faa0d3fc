import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import { isRejectionCode } from '@/lib/licensing/refusals/rejection';
import type { Database } from '../client';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { exchanges } from '../schema/exchanges';
import type { Scope } from '../scope';
import { exchangesIn } from '../scope';

const exchange = rowSchema(exchanges, {
  code: z.custom<RejectionCode>((value) => typeof value === 'string' && isRejectionCode(value)).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
}).omit({
  ...{ customerId: true, userId: true, visitorId: true, fileDigest: true, content: true, dialect: true, requestKey: true },
  ...{ payloadDigest: true, reply: true },
});

const exchangeFromJson = z.compile(
  exchange.extend({
    productName: z.string().nullable(),
    replySize: z.int().nullable(),
    leaseSequence: z.int().nullable(),
    leaseStartsAt: instantFromJson.nullable(),
    leaseEndsAt: instantFromJson.nullable(),
  }),
);

/** One file in or out, without its bytes. */
export type ExchangeRow = z.output<typeof exchangeFromJson>;

/** SQL of the size of the reply as it was handed out: without the 32 bytes that encryption at rest adds (lib/signing/encrypt-file.ts). */
export const replySize = sql.raw(
  `(octet_length(x.reply) - case when substring(x.reply from 1 for 4) = convert_to('AGF1', 'UTF8') then 32 else 0 end)`,
);

const exchangeJson = sql`${rowJson(exchanges, 'x', exchange)} || jsonb_build_object('productName', p.name, 'replySize', ${replySize},
  'leaseSequence', l.sequence, 'leaseStartsAt', l.starts_at, 'leaseEndsAt', l.ends_at)`;

const exchangeJoins = sql`left join products p on p.code = x.product_code
  left join leases l on l.activation_id = x.activation_id and l.exchange_id = x.id`;

/** Reads one exchange within the scope; null if there is none. */
export async function readExchange(db: Database, input: { scope: Scope; exchangeId: string }): Promise<ExchangeRow | null> {
  const rows = await db.execute<{ found: unknown }>(
    sql`select ${exchangeJson} as found from exchanges x ${exchangeJoins} where x.id = ${input.exchangeId}::uuid and ${exchangesIn(input.scope)}`,
  );
  return rows[0] ? exchangeFromJson.parse(rows[0].found) : null;
}

/** Reads the answer of an exchange, encrypted as it is stored, and its file name. */
export async function readReply(
  db: Database,
  input: { scope: Scope; exchangeId: string },
): Promise<{ readonly name: string; readonly encrypted: Uint8Array } | null> {
  const rows = await db.execute<{ name: string; encrypted: Uint8Array }>(
    sql`select x.reply_name as name, x.reply as encrypted from exchanges x
      where x.id = ${input.exchangeId}::uuid and x.reply is not null and ${exchangesIn(input.scope)}`,
  );
  return rows[0] ?? null;
}

/** A file as it was handed in. */
export interface Submission {
  readonly exchange: ExchangeRow;
  readonly fileDigest: string;
  /** Encrypted as it is stored; null when the file was larger than any request can be. */
  readonly content: Uint8Array | null;
}

/** Reads a submission with its file. Exchanges that only point to a submission are not found. */
export async function readSubmission(db: Database, input: { scope: Scope; submissionId: string }): Promise<Submission | null> {
  const rows = await db.execute<{ found: unknown; digest: string; content: Uint8Array | null }>(
    sql`select ${exchangeJson} as found, x.file_digest as digest, x.content as content from exchanges x ${exchangeJoins}
      where x.id = ${input.submissionId}::uuid and x.submission_id is null and x.file_digest is not null and ${exchangesIn(input.scope)}`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { exchange: exchangeFromJson.parse(row.found), fileDigest: row.digest, content: row.content };
}

/** A submission as its submitter knows it. */
export interface OwnSubmission {
  readonly id: string;
  readonly deviceName: string | null;
}

/** Finds a submission of this person. */
export async function findOwnSubmission(
  db: Database,
  { scope, userId, submissionId }: { scope: Scope; userId: string; submissionId: string },
): Promise<OwnSubmission | null> {
  const rows = await db.execute<{ id: string; name: string | null }>(sql`
    select x.id, x.device_name as name from exchanges x
    where x.id = ${submissionId}::uuid and x.user_id = ${userId}::uuid and x.submission_id is null and x.file_digest is not null
      and ${exchangesIn(scope)}`);
  return rows[0] === undefined ? null : { id: rows[0].id, deviceName: rows[0].name };
}

/** Reads the trouble code of the newest refused attempt to answer a submission; null when none was refused. */
export async function readTroubleCode(db: Database, input: { scope: Scope; submissionId: string }): Promise<string | null> {
  const rows = await db.execute<{ code: string }>(
    sql`select x.trouble_code as code from exchanges x where x.submission_id = ${input.submissionId}::uuid
      and x.trouble_code is not null and ${exchangesIn(input.scope)} order by x.at desc, x.id desc limit 1`,
  );
  return rows[0]?.code ?? null;
}

/** Which exchanges to list: the files of one device, one entitlement, one activation, or all within the scope. */
export interface ExchangeFilter {
  readonly deviceId?: string;
  readonly entitlementId?: string;
  /** Only files to download, and returned seats. */
  readonly answersOnly?: boolean;
}

/** Lists exchanges, newest first; previews that led to an answer are left out, the answer stands for them. */
export async function listExchanges(
  db: Database,
  input: { scope: Scope; filter: ExchangeFilter; limit: number },
): Promise<ExchangeRow[]> {
  const { scope, filter, limit } = input;
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${exchangeJson} as found from exchanges x ${exchangeJoins}
    where ${exchangesIn(scope)}
      and ${filter.deviceId === undefined ? sql`true` : sql`x.device_id = ${filter.deviceId}::uuid`}
      and ${filter.entitlementId === undefined ? sql`true` : sql`x.entitlement_id = ${filter.entitlementId}::uuid`}
      and ${filter.answersOnly === true ? sql`x.outcome in ('granted', 'renewed', 'issued', 'returned')` : sql`x.outcome <> 'previewed'`}
    order by x.at desc, x.id desc limit ${limit}`);
  return rows.map((row) => exchangeFromJson.parse(row.found));
}

/** Lists previewed files that wait for a decision: of this person, not older than `since`, and not answered since. */
export async function listWaiting(
  db: Database,
  input: { scope: Scope; userId: string; since: Date; limit: number },
): Promise<ExchangeRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select found from (
      select distinct on (x.request_key) ${exchangeJson} as found, x.at from exchanges x ${exchangeJoins}
      where x.user_id = ${input.userId}::uuid and ${exchangesIn(input.scope)} and x.at > ${input.since.toISOString()}::timestamptz
        and x.submission_id is null and (x.outcome = 'previewed' or x.code = 'no-seat-free')
        and not exists (select from exchanges y where y.request_key = x.request_key and y.outcome in ('granted', 'renewed', 'returned'))
      order by x.request_key, x.at desc
    ) newest order by at desc limit ${input.limit}`);
  return rows.map((row) => exchangeFromJson.parse(row.found));
}

/** Lists the exchanges of a file, or of the request in it, newest first. Each of the two has its index. */
export async function listExchangesOfFile(
  db: Database,
  input: { scope: Scope; fileDigest: string | null; requestKey: string | null; limit: number },
): Promise<ExchangeRow[]> {
  const { scope, fileDigest, requestKey, limit } = input;
  const rows = await db.execute<{ found: unknown }>(sql`
    with wanted as (
      (select id from exchanges where file_digest = ${fileDigest}::text order by at desc limit ${limit})
      union
      (select id from exchanges where split_part(request_key, ':', 3) collate "C" = split_part(${requestKey}::text, ':', 3) collate "C"
        and request_key = ${requestKey}::text order by at desc limit ${limit})
    )
    select ${exchangeJson} as found from wanted w join exchanges x on x.id = w.id ${exchangeJoins}
    where ${exchangesIn(scope)} order by x.at desc, x.id desc limit ${limit}`);
  return rows.map((row) => exchangeFromJson.parse(row.found));
}
