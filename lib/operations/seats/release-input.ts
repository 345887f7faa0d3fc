import { z } from 'zod';
import { RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import { boundedText } from '@/lib/signing/bounded-text';

/** Free text of at most 500 characters; control characters become spaces. */
export const words = boundedText(1000)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim())
  .pipe(boundedText(500))
  .default('');

/** A seat to be released, and why. */
export const releaseInput = z.object({
  activationId: z.uuid(),
  reason: z.enum(RELEASE_REASONS),
  note: words,
  /** The submission that waits for the seat; anything but a UUID counts as null. */
  file: z.uuid().nullable().catch(null).default(null),
});

export type ReleaseInput = z.output<typeof releaseInput>;

/** Formats a reason and its note as an activation stores them. */
export function reasonText({ reason, note }: Pick<ReleaseInput, 'reason' | 'note'>): string {
  return note === '' ? reason : `${reason}: ${note}`;
}
