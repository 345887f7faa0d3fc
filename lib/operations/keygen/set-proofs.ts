import { z } from 'zod';
import { readOfferings } from '@/db/catalogue/manage-catalogue';
import { writeKeygenProofs } from '@/db/keygen/keygen-policies';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { code } from '../operator-input';
import { keygenPolicy, policyOf } from './keygen-policy';

/**
 * Switches activation proofs of an offering on or off, for existing entitlements too. Proofs already handed out stay valid: they cannot be
 * revoked.
 */
export const setProofs = defineOperation({
  name: 'offering.set',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ code, keygenProofs: z.boolean() }),
  async run({ code: offeringCode, keygenProofs: proofs }, context) {
    const { db } = context;
    const [offering] = await readOfferings(db, offeringCode);
    if (offering === undefined) return refuse(unknownName('offering', offeringCode));
    const changed = policyOf({ policy: offering.keygen }).proofs !== proofs;
    if (changed) {
      const at = await instantOf(context);
      const detail = { id: offering.id, code: offeringCode, keygenProofs: proofs };
      const audit = operatorAudit(context, { at, action: 'offering.changed', detail });
      // `makesKeys: false` keeps an offering without a policy as it was: its entitlements get a licence key at the first request for one.
      const policy = { ...keygenPolicy.parse({ makesKeys: false }), proofs, offeringId: offering.id };
      await writeKeygenProofs(db, { policy, audit });
    }
    return done({ code: offeringCode, keygenProofs: proofs, changed });
  },
});
