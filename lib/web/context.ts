import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { VisitorActor } from '@/lib/operations/actor';
import type { OperationContext } from '@/lib/operations/context';
import { lastingContextOf } from '@/lib/operations/lasting-context';
import type { SignedIn } from '@/lib/operations/sign-in/session-current';
import { findSignedIn } from '@/lib/operations/sign-in/session-current';
import { clientAddress } from './requests/client-address';
import { services } from './services';
import { trustedProxies } from './settings';
import { sessionIdFromCookie } from './sign-in/auth';
import { nextPath } from './sign-in/next-path';

/** Who sends this request; null when signed out. The session is looked up once per request. */
export const currentSignedIn: () => Promise<SignedIn | null> = cache(async () => {
  const sessionId = await sessionIdFromCookie();
  return sessionId === null ? null : findSignedIn(services(), sessionId);
});

/** Who sends this request, as far as it is known without a session: the network address. */
async function currentVisitor(): Promise<VisitorActor> {
  const client = clientAddress((await headers()).get('x-forwarded-for'), trustedProxies());
  return { role: 'visitor', label: 'visitor', client };
}

/** What an operation is given for somebody who signs in, or who has a link that needs no session. No session is looked for. */
export async function visitorContext(): Promise<OperationContext> {
  return { ...services(), actor: await currentVisitor(), via: 'browser' };
}

/** What an operation is given in a page, server action or route handler. The actor is a visitor when signed out. */
export async function requestContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.actor ?? (await currentVisitor()), via: 'browser' };
}

/** The same for work that goes on after the answer has begun: the context as it is whenever it is asked for. */
export async function currentContextReader(): Promise<() => Promise<OperationContext>> {
  return lastingContextOf(services(), { id: await sessionIdFromCookie(), visitor: await currentVisitor() });
}

/**
 * The same for the person who is really there, also while they look as somebody else. Only for what is about the own session: signing out,
 * and coming back.
 */
export async function ownContext(): Promise<OperationContext> {
  const signedIn = await currentSignedIn();
  return { ...services(), actor: signedIn?.self ?? (await currentVisitor()), via: 'browser' };
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
