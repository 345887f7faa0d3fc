import { z } from 'zod';
import { sealLicenceFile } from '@/lib/dialects/keygen/seal-file';
import { termFrom } from '@/lib/licensing/entitlements/entitlement';
import { leaseAt } from '@/lib/licensing/leases/lease';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import type { Document } from './commit-document';
import { commitDocument } from './commit-document';
import type { FileOptions } from './file-terms';
import { durationOf, fileOptionsInput, licenceTerms } from './file-terms';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceFactsOf } from './licence-facts';
import type { OpenedLicence } from './open-licence';
import { openLicence, refuseFile } from './open-licence';

/** Makes a licence file: the licence for any machine, without a seat. It lasts at most as long as a lease given now. */
export const issueLicenceFile = defineOperation({
  name: 'keygen.issue-licence-file',
  kind: 'command',
  permission: 'keygen:issue',
  input: z.object({ entitlementId: z.uuid(), asked: fileOptionsInput.default({}) }),
  run: ({ entitlementId, asked }, context) => commitDocument(context, () => make(context, { entitlementId, asked })),
});

async function make(
  context: ActingContext,
  { entitlementId, asked }: { entitlementId: string; asked: FileOptions },
): Promise<Result<Document>> {
  const licence = await openLicence(context, entitlementId);
  if (!licence.ok) return licence;
  const refused = refuseFile(licence.value);
  if (refused !== null) return refuse(refused);
  const terms = licenceTerms(asked, policyOf(licence.value.state));
  if (!terms.ok) return terms;
  const issuer = await keygenKeys(licence.value.keys).inUse();
  if (issuer === null) return refuse(reject('keygen-keys-missing'));

  const { entitlement, key, now } = licence.value;
  const { algorithm, include } = terms.value;
  const { issuedAt, ttlSeconds, expiresAt } = windowOf(licence.value, terms.value.ttlSeconds);
  const details = { ...licenceFactsOf(licence.value, key), algorithm, include: [...include], ttlSeconds };
  const file = await sealLicenceFile({ details, issuer, issuedAt });
  const facts = { expiresAt: expiresAt.toISOString(), algorithm };
  return done({ file, kind: 'licence-file', now, entitlement, action: 'keygen.license-file-issued', facts });
}

/** The validity of a file: as long as requested, and at most as long as a lease given now. */
function windowOf({ entitlement, now }: OpenedLicence, seconds: number | null) {
  const { offlineLeasePeriod } = entitlement;
  if (offlineLeasePeriod === null)
    throw new Error('expected an entitlement that allows offline use, found one that was let through');
  const { startsAt, endsAt } = leaseAt({
    entitlement: { ...entitlement, offlineLeasePeriod },
    term: termFrom(entitlement, now),
    now,
    sequence: 1,
    requestedLease: seconds === null ? null : durationOf(seconds),
    hasGrace: false,
  });
  return { issuedAt: startsAt, expiresAt: endsAt, ttlSeconds: (endsAt.getTime() - startsAt.getTime()) / 1000 };
}
