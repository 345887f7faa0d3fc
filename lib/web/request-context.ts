import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { VisitorActor } from '@/lib/operations/actor';
import type { OperationContext } from '@/lib/operations/context';
import { sessionContextReader } from '@/lib/operations/session-context';
import type { SignedIn } from '@/lib/operations/sign-in/session-current';
import { findSignedIn } from '@/lib/operations/sign-in/session-current';
import { clientAddress } from './requests/client-address';
import { services } from './services';
import { sessionIdFromCookie } from './sign-in/auth';
import { nextPath } from './sign-in/next-path';
import { trustedProxies } from './web-settings';

/** Finds the person signed in; null when signed out. Reads the session once per request. */
export const currentSignedIn: () => Promise<SignedIn | null> = cache(async () => {
  const sessionId = await sessionIdFromCookie();
  return sessionId === null ? null : findSignedIn(services(), sessionId);
});

/** Makes the actor of a request without a session, known by its network address. */
async function currentVisitor(): Promise<VisitorActor> {
  const client = clientAddress((await headers()).get('x-forwarded-for'), trustedProxies());
  return { role: 'visitor', label: 'visitor', client };
}

/** Makes the context for signing in and for links that need no session. Ignores any session. */
export async function visitorContext(): Promise<OperationContext> {
  return { ...services(), actor: await currentVisitor(), via: 'browser' };
}

/** Makes the context for a page, server action or route handler. The actor is a visitor when signed out. */
export async function requestContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.actor ?? (await currentVisitor()), via: 'browser' };
}

/** Makes a function that reads the current context anew at each call, for responses that are streamed. */
export async function currentContextReader(): Promise<() => Promise<OperationContext>> {
  return sessionContextReader(services(), { id: await sessionIdFromCookie(), visitor: await currentVisitor() });
}

/**
 * Makes the context of the person who signed in, also while they view the portal as somebody else. For acts on their own session only:
 * signing out and ending the view.
 */
export async function ownContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.self ?? (await currentVisitor()), via: 'browser' };
}

/**
 * Finds the person signed in, for a page. Redirects to the sign-in page when signed out, which leads back.
 *
 * @param here path of the page
 */
export async function requireSignedIn(here: string): Promise<SignedIn> {
  const signedIn = await currentSignedIn();
  if (signedIn === null) redirect(signInPath(here));
  return signedIn;
}

/** Formats the address of the sign-in page, with the path to return to. */
export function signInPath(here: string): string {
  const next = nextPath(here);
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** Formats the address of the page that asks for a fresh proof, with the path to return to. */
export function proofPath(here: string): string {
  return `/sessions/proof?next=${encodeURIComponent(nextPath(here))}`;
}
