import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { DialectError } from '../dialect';
import { readDate } from './read-date';
import type { JsonObject } from './read-json';
import { deviceVariables } from './request-details';

/** The greatest count that a device can report of one counter in one file. */
const LARGEST_USE = 1_000_000_000_000;

/** Signed text is one line each: with a line end in it, two different requests could have the same signature. */
const NOT_IN_SIGNED = /[\p{Cc}\p{Zl}\p{Zp}]/u;

function signed(max: number) {
  return boundedText(max)
    .min(1)
    .refine((text) => !NOT_IN_SIGNED.test(text));
}

/** A field that may be left out or null. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

const told = optional(z.string().max(1000));
/** Larger integers are not exact in every language. */
const number = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const variables = z
  .record(z.string().min(1).max(100), z.union([z.string().max(2000), number, z.boolean()]))
  .refine((named) => Object.keys(named).length <= 100);
const uses = z.int().min(0).max(LARGEST_USE);
const usedFeature = z.looseObject({ code: z.string().min(1).max(100), consumptions: uses.optional() });

/** The fields of a request, of either version. Others are not read. */
const requestFields = z.object({
  api_key: optional(signed(200)),
  client_id: optional(signed(200)),
  license_key: optional(signed(200)),
  username: optional(signed(400)),
  password: optional(z.string().max(1000)),
  hardware_id: signed(500),
  product: signed(100),
  date: signed(100).transform((text, context) => {
    const at = readDate(text);
    if (at !== null) return { text, at };
    context.addIssue({ code: 'custom', message: 'expected a date' });
    return z.NEVER;
  }),
  request: optional(z.enum(['activation', 'deactivation'])),
  request_id: optional(z.guid().transform((id) => id.toLowerCase())),
  schema_version: optional(z.literal([1, 2])),
  bundle_code: optional(z.string().min(1).max(100)),
  license_id: optional(z.int().min(0)),
  is_vm: optional(z.boolean()),
  vm_info: told,
  os_ver: told,
  hostname: told,
  os_hostname: told,
  ip: told,
  ip_local: told,
  mac_address: told,
  app_ver: told,
  app_name: told,
  sdk_ver: told,
  sdk_lang: told,
  variables: optional(variables.pipe(deviceVariables)),
  consumptions: optional(uses),
  product_features: optional(z.array(usedFeature).max(100)),
});

export type RequestFields = z.output<typeof requestFields>;

const isMissing = (value: unknown) => value === undefined || value === null || value === '';

/** Finds the first missing member that identifies client, licence or device; null when all are present. */
function missingIdentity(members: JsonObject): string | null {
  if (isMissing(members.api_key) && isMissing(members.client_id)) return 'api_key';
  if (isMissing(members.license_key) && isMissing(members.username)) return 'license_key';
  return isMissing(members.hardware_id) ? 'hardware_id' : null;
}

/**
 * Parses the fields of a request. Nothing in it is verified yet.
 *
 * @throws DialectError file-identity-missing, file-field-missing, file-field-refused, naming the first field that is missing or wrong
 */
export function readFields(members: JsonObject): RequestFields {
  const unnamed = missingIdentity(members);
  if (unnamed !== null) throw new DialectError(reject('file-identity-missing', { field: unnamed }));
  const missing = ['product', 'date'].find((name) => isMissing(members[name]));
  if (missing !== undefined) throw new DialectError(reject('file-field-missing', { field: missing }));
  const read = requestFields.safeParse(withoutEmpty(members));
  if (read.success) return read.data;
  const field = String(read.error.issues[0]?.path[0] ?? 'content');
  throw new DialectError(reject('file-field-refused', { field }), { cause: read.error });
}

/** Removes empty texts, which applications write for unknown values. */
function withoutEmpty(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''));
}

/** Returns whose request it is: the api key before the client id, the licence key before the user name. */
export function identityOf(fields: RequestFields) {
  const { api_key, client_id, license_key, username } = fields;
  const client = { kind: api_key === null ? 'oauth' : 'api-key', id: api_key ?? client_id ?? '' } as const;
  const identity = { kind: license_key === null ? 'user' : 'licence-key', text: license_key ?? username ?? '' } as const;
  return { client, identity };
}
