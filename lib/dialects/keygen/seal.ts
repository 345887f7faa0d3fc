import { z } from 'zod';
import type { Reply, SealedFile } from '@/lib/licensing/exchange/reply';
import type { Lease } from '@/lib/licensing/leases/lease';
import type { Vault } from '../dialect';
import type { KeygenSealingKeys } from './issuer';
import { machineFileDetails } from './licence-details';
import { sealMachineFile } from './seal-file';

const replyTo = z.object({ sealed: z.string() });
const asked = z.object({ key: z.string(), fingerprint: z.string() });

/** What a machine file is encrypted under. */
export interface AskedFor {
  readonly key: string;
  readonly fingerprint: string;
}

/** Opens what the request left with the activation: the licence key and the fingerprint, as the device gave them. */
export async function openReplyTo(stored: unknown, vault: Vault): Promise<AskedFor> {
  return asked.parse(JSON.parse(await vault.decrypt(replyTo.parse(stored).sealed)));
}

/**
 * Answers a device with a machine file that lasts as long as its lease, or less where the details say so. Licence key and fingerprint, which
 * it is encrypted under, are those of the details: they come from {@link openReplyTo}.
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
 * Several clients refuse a file that was issued after their own clock. So a device whose clock is behind gets one that was issued when its
 * clock says; it then lasts as long by that clock as it would by ours. A second makes up for the rounding of the difference.
 */
function issuedAt({ startsAt }: Lease, clockSkewSeconds: number): Date {
  const behindSeconds = clockSkewSeconds < 0 ? 1 - clockSkewSeconds : 0;
  return new Date(startsAt.getTime() - behindSeconds * 1000);
}
