import { z } from 'zod';
import type { PersonalActor } from '../actor';
import { requirePerson } from '../actor';
import type { OperationContext } from '../context';
import { defineOperation, done } from '../operation';

/** How long new recovery codes can be looked at, in the browser that made them. */
export const SHOWN_MINUTES = 10;

const sealed = z.object({ codes: z.array(z.string()), until: z.number() });

/** They open for one person in one session: not for whoever signs in with this browser next. */
function placeOf({ userId }: Pick<PersonalActor, 'userId'>, session: string) {
  return { purpose: 'recovery-codes-shown', kid: `${userId}:${session}` } as const;
}

/** Seals new recovery codes for the browser that made them to keep. The portal keeps nothing but their digests. */
export function sealRecoveryCodes(
  { keyring, actor, now = new Date() }: Pick<OperationContext, 'keyring' | 'actor' | 'now'>,
  { codes, session }: { codes: readonly string[]; session: string },
): Promise<string> {
  const text = JSON.stringify({ codes, until: now.getTime() + SHOWN_MINUTES * 60_000 });
  return keyring.masterKey.wrap(new TextEncoder().encode(text), placeOf(requirePerson(actor), session));
}

/** Shows the actor's own new recovery codes, from what their browser keeps; null when it keeps none that can be shown any more. */
export const showRecoveryCodes = defineOperation({
  name: 'second-factor.show-recovery-codes',
  kind: 'query',
  permission: 'own-second-factor:manage',
  input: z.strictObject({ kept: z.string().max(4096).nullable(), session: z.uuid() }),
  async run({ kept, session }, { keyring, actor, now = new Date() }) {
    if (kept === null) return done<readonly string[] | null>(null);
    const opened = await keyring.masterKey.unwrap(kept, placeOf(requirePerson(actor), session)).catch(() => null);
    if (opened === null) return done<readonly string[] | null>(null);
    const { codes, until } = sealed.parse(JSON.parse(new TextDecoder().decode(opened)));
    return done<readonly string[] | null>(until > now.getTime() ? codes : null);
  },
});
