import type { ReleaseReason } from '@/lib/licensing/claims/lost-device-claim';
import type { ReleasePolicy, ReleasingRole } from '@/lib/licensing/seats/release-policy';

/** Words for each reason of a release. */
export const REASON_WORDS: Record<ReleaseReason, string> = {
  lost: 'It is lost',
  stolen: 'It was stolen',
  broken: 'It is broken',
  sold: 'It was sold or scrapped',
  reinstalled: 'It was set up anew',
  other: 'Something else',
};

const WHO: Record<ReleasingRole, string> = {
  member: 'members (their own seats)',
  customer_admin: 'administrators',
  support: 'support',
};

/** Describes the vendor's policy on releases without proof, in one or two sentences. */
export function describePolicy({ allowedBy, needsApproval, needsIndependence, limit, frees }: ReleasePolicy): string {
  if (allowedBy.length === 0) return 'A seat comes free only with the proof of its device.';
  const who = allowedBy.map((role) => WHO[role]);
  const names = who.length === 1 ? who[0] : `${who.slice(0, -1).join(', ')} and ${who.at(-1)}`;
  const often = limit === null ? '' : `, at most ${limit.releases} in ${limit.days === 1 ? 'a day' : `${limit.days} days`}`;
  const known = needsIndependence ? ', who has been here for a week and whom no invitation ties to whoever asks' : '';
  const approval = needsApproval ? ` Somebody else has to agree${known}.` : '';
  const when = frees === 'at-once' ? 'at once' : 'when the last lease of the device has run out';
  return `By ${names}${often}.${approval} The seat is free ${when}.`;
}

/** Describes the stored reason of a release, such as `lost: left in a taxi`. */
export function describeReason(kept: string): string {
  const [code = '', ...note] = kept.split(': ');
  const word = Object.entries(REASON_WORDS).find(([reason]) => reason === code)?.[1];
  if (word === undefined) return kept;
  return note.length === 0 ? word : `${word}: ${note.join(': ')}`;
}
