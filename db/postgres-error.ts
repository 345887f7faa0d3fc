import { z } from 'zod';

const withCode = z.object({ code: z.string(), constraint_name: z.string().optional() });

function codeOf(error: unknown): z.output<typeof withCode> | null {
  const own = withCode.safeParse(error);
  if (own.success) return own.data;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : null;
}

/** Raised by the commit functions, or a constraint that two commits ran into at once: decide again. */
const LOST_RACES = new Set(['AG001', '23505', '40001', '40P01']);

/** The statement ran into another one and wrote nothing. */
export function isLostRace(error: unknown): boolean {
  return LOST_RACES.has(codeOf(error)?.code ?? '');
}

/** A lock or statement timeout: the database is busy, nothing was written. */
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

/** The connection was lost, or there is no server to connect to: whether the statement was carried out is unknown. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error)?.code ?? '';
  return CONNECTION_ERRORS.has(code) || code.startsWith('08');
}

/** The name of the unique constraint that the statement ran into; null for every other error. */
export function violatedUnique(error: unknown): string | null {
  const found = codeOf(error);
  return found?.code === '23505' ? (found.constraint_name ?? '') : null;
}

/** A statement divided by the number 0 that its own guard came to: what it assumed no longer held, and nothing was written. */
export function isGuardFallen(error: unknown): boolean {
  return codeOf(error)?.code === '22012';
}
