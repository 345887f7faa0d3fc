import 'server-only';
import { cookies } from 'next/headers';
import { SHOWN_MINUTES } from '@/lib/operations/sign-in/shown-recovery-codes';
import { cookieNames, cookieOptions } from './auth';

/** Gives sealed recovery codes to the browser to keep for as long as they are shown, so that their page can be loaded again. */
export async function writeRecoveryCookie(sealed: string): Promise<void> {
  (await cookies()).set(cookieNames().recovery, sealed, { ...cookieOptions(), maxAge: SHOWN_MINUTES * 60 });
}

/** What this browser keeps; null when it keeps nothing. */
export async function readRecoveryCookie(): Promise<string | null> {
  return (await cookies()).get(cookieNames().recovery)?.value ?? null;
}

/** Has the browser forget them. */
export async function deleteRecoveryCookie(): Promise<void> {
  (await cookies()).set(cookieNames().recovery, '', { ...cookieOptions(), maxAge: 0 });
}
