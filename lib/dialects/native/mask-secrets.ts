import { isActivationCode, lastFour } from '@/lib/signing/activation-code';

const MASK = '••••';

/** Claims as they may be shown: of an activation code, wherever it stands, no more than its last four characters. */
export function maskSecrets(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, name === 'activation_code' ? maskCode(value) : maskIn(value)]),
  );
}

function maskCode(value: unknown): string {
  return typeof value === 'string' && value.length >= 12 ? `${MASK} ${lastFour(value)}` : MASK;
}

function maskIn(value: unknown): unknown {
  if (typeof value === 'string') return isActivationCode(value) ? maskCode(value) : value;
  if (Array.isArray(value)) return value.map(maskIn);
  if (typeof value === 'object' && value !== null) return maskSecrets({ ...value });
  return value;
}
