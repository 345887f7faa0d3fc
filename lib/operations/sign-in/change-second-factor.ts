import { z } from 'zod';
import type { FactorRow } from '@/db/sign-in/second-factor';
import { readFactor, writeRecoveryCodes, writeSwitchedOff } from '@/db/sign-in/second-factor';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson } from '../actor';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { factorAudit } from './second-factor-audit';
import type { SecondFactorMail } from './second-factor-mail';
import type { RecoveryCodesMade } from './set-up-second-factor';
import { encryptRecoveryCodes } from './shown-recovery-codes';
import { makeRecoveryCodes, openFactorSecret, trySecondFactor } from './try-second-factor';

const typedCode = z.strictObject({ code: z.string().max(100) });

/** Switches the actor's own second factor off, with a code of the app or a recovery code. */
export const switchOffSecondFactor = defineOperation({
  name: 'second-factor.switch-off',
  kind: 'command',
  permission: 'own-second-factor:manage',
  needsFreshProof: () => true,
  input: typedCode,
  async run({ code: typed }, context): Promise<Result<{ mail: SecondFactorMail }>> {
    const factor = await ownFactor(context);
    if (!factor.ok) return factor;
    const { userId, email: to, name, now: at } = factor.value;
    return trySecondFactor(context, {
      factor: factor.value,
      typed,
      async commit(proof) {
        const audit = factorAudit(factor.value, { at, action: 'second-factor.switched-off', detail: { by: proof.kind } });
        const outcome = await writeSwitchedOff(context.db, { userId, proof, audit });
        return outcome === 'stale' ? null : { mail: { to, name, at, what: { kind: 'off' } } };
      },
    });
  },
});

/** Replaces the actor's recovery codes, with a code of the app or a recovery code. */
export const renewRecoveryCodes = defineOperation({
  name: 'second-factor.renew-recovery-codes',
  kind: 'command',
  permission: 'own-second-factor:manage',
  needsFreshProof: () => true,
  input: typedCode.extend({ currentSession: z.uuid() }),
  async run({ code: typed, currentSession: session }, context): Promise<Result<RecoveryCodesMade>> {
    const factor = await ownFactor(context);
    if (!factor.ok) return factor;
    const { userId, email: to, name, now: at } = factor.value;
    const { codes, digests } = makeRecoveryCodes(await openFactorSecret(context.keyring, factor.value));
    const kept = await encryptRecoveryCodes(context, { codes, session });
    return trySecondFactor(context, {
      factor: factor.value,
      typed,
      async commit(proof) {
        const audit = factorAudit(factor.value, { at, action: 'second-factor.codes-renewed', detail: { by: proof.kind } });
        const outcome = await writeRecoveryCodes(context.db, { userId, proof, recoveryDigests: digests, audit });
        return outcome === 'stale'
          ? null
          : { recoveryCodes: codes, kept, mail: { to, name, at, what: { kind: 'codes-renewed' } } };
      },
    });
  },
});

async function ownFactor({ db, actor, now }: ActingContext): Promise<Result<FactorRow>> {
  if (!isPerson(actor)) return refuse(reject('not-allowed'));
  const factor = await readFactor(db, { userId: actor.userId, now });
  return factor === null || factor.confirmedAt === null ? refuse(reject('second-factor-off')) : done(factor);
}
