import { z } from 'zod';
import { readCustomersOf } from '@/db/entitlements/write-codes';
import { writeBlacklisting } from '@/db/licensespring/licensespring-licences';
import { hardwareDigest } from '@/lib/dialects/licensespring/device-key';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';

/** Puts a device on the blacklist of a licence, or removes it. Files of a blacklisted device are refused; an earlier answer runs until it ends. */
export const blacklistDevice = defineOperation({
  name: 'licensespring.blacklist',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    entitlementId: z.uuid(),
    hardwareId: z.string().min(1).max(1000),
    remove: z.boolean().default(false),
  }),
  async run({ entitlementId, hardwareId, remove }, context) {
    const customerId = (await readCustomersOf(context.db, [entitlementId])).get(entitlementId);
    if (customerId === undefined) return refuse(unknownName('licence', entitlementId));
    const at = await instantOf(context);
    const { vendorId } = await context.keyring.current();
    const digest = hardwareDigest(vendorId, hardwareId);
    const detail = { hardware: digest, blacklisted: !remove };
    const audit = operatorAudit(context, { at, action: 'licensespring.licence-changed', customerId, entitlementId, detail });
    const outcome = await writeBlacklisting(context.db, { entitlementId, digest, isRefused: !remove, audit });
    if (outcome === 'unknown') return refuse(unknownName('licence', entitlementId));
    return done({ entitlementId, isBlacklisted: !remove, changed: outcome === 'changed' });
  },
});
