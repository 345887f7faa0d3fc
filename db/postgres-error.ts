import { z } from 'zod';

const withCode = z.object({ code: z.string(), constraint_name: z.string().optional() });

function codeOf(error: unknown): z.output<typeof withCode> | null {
  const own = withCode.safeParse(error);
  if (own.success) return own.data;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : null;
}

/** Raised by the commit functions, a serialisation failure, or a deadlock: decide again. */
const LOST_RACES = new Set(['AG001', '40001', '40P01']);

/** Unique constraints that two concurrent commits can violate. A violation of any other is a fault. */
const RACED_CONSTRAINTS = new Set([
  // The same act, begun again before the first was known to have come through.
  'exchanges_pkey',
  'exchanges_answered',
  'activations_live',
  'activations_live_key',
  'devices_fingerprint',
  'device_components_device_id_name_digest_pk',
  'leases_activation_id_sequence_pk',
]);

/** Returns whether the statement lost a race against another one and wrote nothing. */
export function isLostRace(error: unknown): boolean {
  return LOST_RACES.has(codeOf(error)?.code ?? '') || RACED_CONSTRAINTS.has(violatedUnique(error) ?? '');
}

/** Returns whether a lock or statement timed out: the database is busy, nothing was written. */
export function isBusy(error: unknown): boolean {
  return ['55P03', '57014'].includes(codeOf(error)?.code ?? '');
}

const CONNECTION_ERRORS = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'CONNECTION_UNANSWERED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
]);

/** Returns whether the connection was lost or could not be made: then it is unknown whether the statement was executed. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)?.code ?? '';
  return CONNECTION_ERRORS.has(code) || code.startsWith('08');
}

/** Returns the name of the unique constraint that the statement violated; null for every other error. */
export function violatedUnique(error: unknown): string | null {
  const found = codeOf(error);
  return found?.code === '23505' ? (found.constraint_name ?? '') : null;
}

/** Runs `write`. Returns its result, or `taken` when another account with the address is or became active, and nothing was written. */
export async function unlessTaken<Value, Taken>(write: () => Promise<Value>, taken: Taken): Promise<Value | Taken> {
  try {
    return await write();
  } catch (error) {
    if (violatedUnique(error) === 'users_address') return taken;
    throw error;
  }
}

/** Returns whether the guard of a statement failed, which divides by zero: an assumption no longer held, and nothing was written. */
export function isGuardFailed(error: unknown): boolean {
  return codeOf(error)?.code === '22012';
}

/**
 * Returns the error of a failed query without the values in it, which hold names and secrets: only its code and constraint. Any other
 * error is returned as it is.
 */
export function hideValues(error: unknown): unknown {
  const found = codeOf(error);
  if (found === null || !(error instanceof Error)) return error;
  const where = found.constraint_name === undefined ? '' : ` on ${found.constraint_name}`;
  const hidden = Object.assign(new Error(`the database answered ${found.code}${where}`), { code: found.code });
  const stack = error.stack?.split('\n').filter((line) => /^ {4}at /.test(line)) ?? [];
  hidden.stack = [`${hidden.name}: ${hidden.message}`, ...stack].join('\n');
  return hidden;
}
