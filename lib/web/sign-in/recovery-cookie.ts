import 'server-only';
import { cookies } from 'next/headers';
import type { SignedIn } from '@/lib/operations/sign-in/session-current';
import { SHOWN_MINUTES, sealRecoveryCodes } from '@/lib/operations/sign-in/shown-recovery-codes';
import { services } from '../services';
import { cookieNames, cookieOptions } from './auth';

/** Gives new recovery codes to the browser to keep, sealed, for as long as they are shown, so that their page can be loaded again. */
export async function keepRecoveryCodes(codes: readonly string[], { actor, sessionId: session }: SignedIn): Promise<void> {
  const value = await sealRecoveryCodes(services(), { codes, actor, session, now: new Date() });
  (await cookies()).set(cookieNames().recovery, value, { ...cookieOptions(), maxAge: SHOWN_MINUTES * 60 });
}

/** What this browser keeps; null when it keeps nothing. */
export async function keptRecoveryCodes(): Promise<string | null> {
  return (await cookies()).get(cookieNames().recovery)?.value ?? null;
}

/** Has the browser forget them. */
export async function forgetRecoveryCodes(): Promise<void> {
  (await cookies()).set(cookieNames().recovery, '', { ...cookieOptions(), maxAge: 0 });
}
