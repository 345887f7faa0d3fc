import { z } from 'zod';
import type { PersonalActor } from '../actor';
import { requirePerson } from '../actor';
import type { OperationContext } from '../context';
import { defineOperation, done } from '../operation';

/** How long new recovery codes can be shown again in the browser that made them. */
export const SHOWN_MINUTES = 10;

const shownCodes = z.object({ codes: z.array(z.string()), until: z.number() });

/** Bound to one person and one session, so that the next person to sign in with this browser cannot decrypt them. */
function placeOf({ userId }: Pick<PersonalActor, 'userId'>, session: string) {
  return { purpose: 'recovery-codes-shown', kid: `${userId}:${session}` } as const;
}

/** Encrypts new recovery codes for the browser to store. The portal itself stores only their digests. */
export function encryptRecoveryCodes(
  { keyring, actor, now = new Date() }: Pick<OperationContext, 'keyring' | 'actor' | 'now'>,
  { codes, session }: { codes: readonly string[]; session: string },
): Promise<string> {
  const text = JSON.stringify({ codes, until: now.getTime() + SHOWN_MINUTES * 60_000 });
  return keyring.masterKey.wrap(new TextEncoder().encode(text), placeOf(requirePerson(actor), session));
}

/** Shows the actor's new recovery codes, decrypted from what their browser stores; null when there are none or their time is over. */
export const showRecoveryCodes = defineOperation({
  name: 'second-factor.show-recovery-codes',
  kind: 'query',
  permission: 'own-second-factor:manage',
  input: z.strictObject({ kept: z.string().max(4096).nullable(), session: z.uuid() }),
  async run({ kept, session }, { keyring, actor, now = new Date() }) {
    if (kept === null) return done<readonly string[] | null>(null);
    const decrypted = await keyring.masterKey.unwrap(kept, placeOf(requirePerson(actor), session)).catch(() => null);
    if (decrypted === null) return done<readonly string[] | null>(null);
    const { codes, until } = shownCodes.parse(JSON.parse(new TextDecoder().decode(decrypted)));
    return done<readonly string[] | null>(until > now.getTime() ? codes : null);
  },
});
