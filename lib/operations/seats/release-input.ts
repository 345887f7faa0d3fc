import { z } from 'zod';
import { RELEASE_REASONS } from '@/lib/licensing/claims/lost-device-claim';
import { boundedText } from '@/lib/signing/bounded-text';

/** What somebody writes in their own words: control characters become spaces; 500 characters at most. */
export const words = boundedText(1000)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim())
  .pipe(boundedText(500))
  .default('');

/** A seat to be released, and why. */
export const releaseInput = z.object({
  activationId: z.uuid(),
  reason: z.enum(RELEASE_REASONS),
  note: words,
  /** The file that waits for the seat. Anything that is none is taken for nothing. */
  file: z.uuid().nullable().catch(null).default(null),
});

export type ReleaseInput = z.output<typeof releaseInput>;

/** A reason and the words beside it, as an activation keeps them. */
export function reasonText({ reason, note }: Pick<ReleaseInput, 'reason' | 'note'>): string {
  return note === '' ? reason : `${reason}: ${note}`;
}
