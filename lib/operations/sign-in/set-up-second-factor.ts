import { z } from 'zod';
import type { FactorRow } from '@/db/sign-in/second-factor';
import { readFactor, writeSetUp, writeSwitchedOn } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { customerIdOf, isPerson } from '../actor';
import { instantOf } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import { SET_UP_MINUTES, UNDO_DAYS } from '../limits/limits';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { hasFreshProof } from './fresh-proof';
import { factorAudit } from './second-factor-audit';
import type { SecondFactorMail } from './second-factor-mail';
import { encryptRecoveryCodes } from './shown-recovery-codes';
import { parseTypedCode } from './sign-in-code';
import { findTotpStep, formatTotpAddress, formatTotpSecret, makeTotpSecret } from './totp';
import { factorPlace, makeRecoveryCodes, openFactorSecret } from './try-second-factor';
import { digestUndoSecret, makeUndoSecret } from './undo-second-factor';

const DAY_MS = 86_400_000;

/** The state of the actor's second factor. The secret is shown only during set-up, and only with a fresh proof. */
export type SecondFactorShown =
  | { readonly state: 'off' }
  | { readonly state: 'set-up-hidden' }
  | { readonly state: 'set-up'; readonly secret: string; readonly address: string }
  | { readonly state: 'on'; readonly since: Date; readonly recoveryCodesLeft: number };

/** New recovery codes, to be shown once, and the mail that the caller sends. */
export interface RecoveryCodesMade {
  readonly recoveryCodes: readonly string[];
  /** The same, encrypted for the browser that made them to keep (shown-recovery-codes.ts). */
  readonly kept: string;
  readonly mail: SecondFactorMail;
}

/** Whether the set-up of a second factor was begun and has not timed out. */
function isBeingSetUp({ confirmedAt, startedAt, now }: Pick<FactorRow, 'confirmedAt' | 'startedAt' | 'now'>): boolean {
  return confirmedAt === null && now.getTime() - startedAt.getTime() < SET_UP_MINUTES * 60_000;
}

/** Shows the state of the actor's own second factor. */
export const showSecondFactor = defineOperation({
  name: 'second-factor.show',
  kind: 'query',
  permission: 'own-second-factor:manage',
  input: z.strictObject({}),
  async run(_, context): Promise<Result<SecondFactorShown>> {
    const { db, keyring, actor, now } = context;
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const factor = await readFactor(db, { userId: actor.userId, now });
    if (factor === null) return done({ state: 'off' });
    const { confirmedAt: since, recoveryCodesLeft, email } = factor;
    if (since !== null) return done({ state: 'on', since, recoveryCodesLeft });
    if (!isBeingSetUp(factor)) return done({ state: 'off' });
    if (!hasFreshProof(context)) return done({ state: 'set-up-hidden' });
    const secret = await openFactorSecret(keyring, factor);
    const vendor = await keyring.identity();
    const address = formatTotpAddress({ secret, issuer: vendor.name, email });
    return done({ state: 'set-up', secret: formatTotpSecret(secret), address });
  },
});

/** Begins the set-up of the actor's own second factor, with a new secret. It takes effect when it is confirmed. */
export const beginSecondFactor = defineOperation({
  name: 'second-factor.begin',
  kind: 'command',
  permission: 'own-second-factor:manage',
  needsFreshProof: () => true,
  input: z.strictObject({}),
  async run(_, context): Promise<Result<{ begun: true }>> {
    const { db, keyring, actor } = context;
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const { userId, label, role } = actor;
    const at = await instantOf(context);
    const secretSealed = await keyring.masterKey.wrap(makeTotpSecret(), factorPlace(userId));
    const who = { userId, email: label, role, customerId: customerIdOf(actor) };
    const audit = factorAudit(who, { at, action: 'second-factor.begun' });
    const outcome = await writeSetUp(db, { userId, at, secretSealed, audit });
    return outcome === 'stale' ? refuse(reject('second-factor-on')) : done({ begun: true });
  },
});

/** Switches the actor's own second factor on with a right code of the app, and ends their other sessions. */
export const confirmSecondFactor = defineOperation({
  name: 'second-factor.confirm',
  kind: 'command',
  permission: 'own-second-factor:manage',
  needsFreshProof: () => true,
  input: z.strictObject({ code: z.string().max(100), currentSession: z.uuid() }),
  async run({ code: typed, currentSession }, context): Promise<Result<RecoveryCodesMade>> {
    const { db, actor, now } = context;
    if (!isPerson(actor)) return refuse(reject('not-allowed'));
    const factor = await readFactor(db, { userId: actor.userId, now });
    if (factor !== null && factor.confirmedAt !== null) return refuse(reject('second-factor-on'));
    if (factor === null || !isBeingSetUp(factor)) return refuse(reject('second-factor-set-up-ended'));
    return switchOn(context, { factor, typed, currentSession });
  },
});

async function switchOn(
  context: ActingContext,
  { factor, typed, currentSession }: { factor: FactorRow; typed: string; currentSession: string },
): Promise<Result<RecoveryCodesMade>> {
  const { db, keyring } = context;
  const { userId, email: to, name, now: at, secretSealed } = factor;
  const code = parseTypedCode(typed);
  const secret = await openFactorSecret(keyring, factor);
  const step = code === null ? null : findTotpStep({ secret, code, at });
  // No throttle: the actor has just been shown the secret itself.
  if (step === null) return refuse(reject('second-factor-code-wrong'));
  const { codes, digests } = makeRecoveryCodes(secret);
  const audit = factorAudit(factor, { at, action: 'second-factor.switched-on' });
  const undo = { secret: makeUndoSecret(), endsAt: new Date(at.getTime() + UNDO_DAYS * DAY_MS) };
  const outcome = await writeSwitchedOn(db, {
    ...{ userId, at, secretSealed, step, recoveryDigests: digests, keptSessionId: currentSession, audit },
    undo: { digest: digestUndoSecret(undo.secret), endsAt: undo.endsAt },
  });
  if (outcome === 'stale') return refuse(reject('second-factor-set-up-ended'));
  const kept = await encryptRecoveryCodes(context, { codes, session: currentSession });
  return done({ recoveryCodes: codes, kept, mail: { to, name, at, what: { kind: 'on', undo } } });
}
