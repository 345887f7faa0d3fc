import { z } from 'zod';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { Lease } from '@/lib/licensing/leases/lease';
import type { Vault } from '../dialect';
import type { KeygenSealingKeys } from './issuer';
import { machineFileDetails } from './licence-details';
import { sealMachineFile } from './seal-file';

const replyTo = z.object({ sealed: z.string() });
const asked = z.object({ key: z.string(), fingerprint: z.string() });

/** The two parts of the key that encrypts a machine file. */
export interface AskedFor {
  readonly key: string;
  readonly fingerprint: string;
}

/** Decrypts the licence key and the fingerprint of the request, which are stored with the activation. */
export async function openReplyTo(stored: unknown, vault: Vault): Promise<AskedFor> {
  return asked.parse(JSON.parse(await vault.decrypt(replyTo.parse(stored).sealed)));
}

/**
 * Seals a machine file that lasts as long as the lease, or less where the details say so. It is encrypted under the licence key and the
 * fingerprint of the details, which are from {@link openReplyTo}.
 *
 * @throws ZodError when the details do not fit the format, which is a fault of the portal's data
 */
export async function sealReply(reply: Reply, keys: KeygenSealingKeys): Promise<SealedFile> {
  const details = machineFileDetails.parse(reply.details);
  const leaseSeconds = (reply.lease.endsAt.getTime() - reply.lease.startsAt.getTime()) / 1000;
  return sealMachineFile({
    details: { ...details, ttlSeconds: Math.min(details.ttlSeconds ?? leaseSeconds, leaseSeconds) },
    issuer: await keys.keygen(),
    issuedAt: issuedAt(reply.lease, reply.clockSkewSeconds),
  });
}

/**
 * Computes when a file counts as issued. Several clients refuse a file from the future, so for a device whose clock is behind it is the time of
 * the device; by that clock the file lasts as long as it would by the portal's. One second makes up for the rounding of the difference.
 */
function issuedAt({ startsAt }: Lease, clockSkewSeconds: number): Date {
  const behindSeconds = clockSkewSeconds < 0 ? 1 - clockSkewSeconds : 0;
  return new Date(startsAt.getTime() - behindSeconds * 1000);
}
