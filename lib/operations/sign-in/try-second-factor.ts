import type { FactorProof, FactorRow } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { digestRecoveryCode, isRecoveryCode, makeRecoveryCode } from '@/lib/signing/recovery-code';
import { recordRefusal } from '../audit/record-refusal';
import type { ActingContext } from '../context';
import type { Keyring } from '../keys/keyring';
import { LIMITS } from '../limits/limits';
import { clearCount, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { done, refuse } from '../operation';
import { factorAudit } from './second-factor-audit';
import { parseTypedCode } from './sign-in-code';
import { findTotpStep } from './totp';

const RECOVERY_CODES = 8;

interface Try<Value> {
  readonly factor: FactorRow;
  /** A code of the app or a recovery code, as typed. */
  readonly typed: string;
  /** Consumes the proof in the same statement as the act; null when it was used before, and nothing was written. */
  readonly commit: (proof: FactorProof) => Promise<Value | null>;
}

/**
 * Checks a typed code against the second factor of a person and consumes it. A refused try is counted and recorded in the audit.
 *
 * @returns the result of `commit`; `second-factor-code-wrong`, alike for wrong, expired and used codes; `too-many-attempts` while the person is
 *   locked, for right codes too
 */
export async function trySecondFactor<Value>(
  context: Pick<ActingContext, 'db' | 'keyring' | 'attempt'>,
  { factor, typed, commit }: Try<Value>,
): Promise<Result<Value>> {
  const { db, keyring } = context;
  const code = parseTypedCode(typed);
  // A typing slip is no guess, so it is not counted.
  if (code === null && !isRecoveryCode(typed)) return refuse(reject('second-factor-code-wrong'));
  // Counted before the code is checked, so that concurrent tries cannot pass the lock together.
  const retryAt = await countAgainst(db, LIMITS.secondFactorByPerson, factor.userId);
  if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
  const secret = await openFactorSecret(keyring, factor);
  const proof = code === null ? recoveryProof(typed, secret) : appProof({ secret, code, at: factor.now });
  const used = proof === null ? null : await commit(proof);
  if (used === null) {
    const refused = { at: factor.now, action: 'second-factor.refused', code: 'second-factor-code-wrong' } as const;
    await recordRefusal(context, factorAudit(factor, refused));
    return refuse(reject('second-factor-code-wrong'));
  }
  await clearCount(db, LIMITS.secondFactorByPerson, factor.userId);
  return done(used);
}

function recoveryProof(typed: string, secret: Uint8Array): FactorProof {
  return { kind: 'recovery-code', digest: digestRecoveryCode(typed, secret) };
}

function appProof(look: { secret: Uint8Array; code: string; at: Date }): FactorProof | null {
  const step = findTotpStep(look);
  return step === null ? null : { kind: 'app', step };
}

/** The place that the secret of a person's second factor is encrypted for. */
export function factorPlace(userId: string) {
  return { purpose: 'second-factor', kid: userId } as const;
}

/** Decrypts a person's secret. @throws SecretDecryptionError */
export function openFactorSecret(
  { masterKey }: Pick<Keyring, 'masterKey'>,
  { userId, secretSealed }: Pick<FactorRow, 'userId' | 'secretSealed'>,
): Promise<Uint8Array> {
  return masterKey.unwrap(secretSealed, factorPlace(userId));
}

/** Makes new recovery codes: the texts, to be shown once, and the digests to be stored. */
export function makeRecoveryCodes(secret: Uint8Array): { codes: readonly string[]; digests: readonly string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
  return { codes, digests: codes.map((code) => digestRecoveryCode(code, secret)) };
}
