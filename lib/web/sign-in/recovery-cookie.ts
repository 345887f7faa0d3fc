import 'server-only';
import { cookies } from 'next/headers';
import { SHOWN_MINUTES } from '@/lib/operations/sign-in/shown-recovery-codes';
import { cookieNames, cookieOptions } from './auth';

/** Writes the encrypted recovery codes into a cookie for as long as they may be shown, so that their page can be reloaded. */
export async function writeRecoveryCookie(encrypted: string): Promise<void> {
  (await cookies()).set(cookieNames().recovery, encrypted, { ...cookieOptions(), maxAge: SHOWN_MINUTES * 60 });
}

/** Reads the encrypted recovery codes from the cookie; null without one. */
export async function readRecoveryCookie(): Promise<string | null> {
  return (await cookies()).get(cookieNames().recovery)?.value ?? null;
}

/** Deletes the cookie. */
export async function deleteRecoveryCookie(): Promise<void> {
  (await cookies()).set(cookieNames().recovery, '', { ...cookieOptions(), maxAge: 0 });
}
