import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { OperationContext } from '@/lib/operations/context';
import { lastingContextOf } from '@/lib/operations/lasting-context';
import type { SignedIn } from '@/lib/operations/sign-in/session-current';
import { findSignedIn } from '@/lib/operations/sign-in/session-current';
import { services } from './services';
import { sessionIdFromCookie } from './sign-in/auth';
import { nextPath } from './sign-in/next-path';

/** Who sends this request; null when signed out. The session is looked up once per request. */
export const currentSignedIn: () => Promise<SignedIn | null> = cache(async () => {
  const sessionId = await sessionIdFromCookie();
  return sessionId === null ? null : findSignedIn(services(), sessionId);
});

/** What an operation is given in a page, server action or route handler. The actor is null when signed out. */
export async function requestContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.actor ?? null, via: 'browser' };
}

/** The same for work that goes on after the answer has begun: the context as it is whenever it is asked for. */
export async function lastingContext(): Promise<() => Promise<OperationContext>> {
  return lastingContextOf(services(), await sessionIdFromCookie());
}

/**
 * The same for the person who is really there, also while they look as somebody else. Only for what is about the own session: signing out,
 * and coming back.
 */
export async function ownContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.self ?? null, via: 'browser' };
}

/**
 * Who sends this request, for pages: goes to the sign-in page when signed out, and from there back.
 *
 * @param here path of the page
 */
export async function requireSignedIn(here: string): Promise<SignedIn> {
  const signedIn = await currentSignedIn();
  if (signedIn === null) redirect(signInPath(here));
  return signedIn;
}

/** Address of the sign-in page that leads on to a page of this portal. */
export function signInPath(here: string): string {
  const next = nextPath(here);
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** Address of the page where somebody shows that it is still them, and that leads on to a page of this portal. */
export function proofPath(here: string): string {
  return `/sessions/proof?next=${encodeURIComponent(nextPath(here))}`;
}
