import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { portal } from '@/lib/operations/portal';
import { cookieNames, cookieOptions } from './auth';

/** How long new recovery codes can be looked at, in the browser that made them. */
export const SHOWN_MINUTES = 10;

const sealed = z.object({ codes: z.array(z.string()), until: z.number() });

/** Recovery codes belong to one session: they do not open for whoever signs in here next. */
function placeOf(sessionId: string) {
  return { purpose: 'recovery-codes-shown', kid: sessionId } as const;
}

/**
 * Gives new recovery codes to the browser to keep, sealed, for as long as they are shown. The portal keeps nothing but their digests, and
 * the page can be loaded again, and works without scripts.
 */
export async function keepRecoveryCodes(codes: readonly string[], sessionId: string): Promise<void> {
  const text = JSON.stringify({ codes, until: Date.now() + SHOWN_MINUTES * 60_000 });
  const value = await portal().keyring.masterKey.wrap(new TextEncoder().encode(text), placeOf(sessionId));
  (await cookies()).set(cookieNames().recovery, value, { ...cookieOptions(), maxAge: SHOWN_MINUTES * 60 });
}

/** The recovery codes that this browser still shows; null when it shows none any more. */
export async function readRecoveryCodes(sessionId: string): Promise<readonly string[] | null> {
  const value = (await cookies()).get(cookieNames().recovery)?.value;
  if (value === undefined) return null;
  const opened = await portal()
    .keyring.masterKey.unwrap(value, placeOf(sessionId))
    .catch(() => null);
  if (opened === null) return null;
  const { codes, until } = sealed.parse(JSON.parse(new TextDecoder().decode(opened)));
  return until > Date.now() ? codes : null;
}

/** Has the browser forget them. */
export async function forgetRecoveryCodes(): Promise<void> {
  (await cookies()).set(cookieNames().recovery, '', { ...cookieOptions(), maxAge: 0 });
}
