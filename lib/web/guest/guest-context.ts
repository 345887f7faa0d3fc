import 'server-only';
import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { GuestActor } from '@/lib/operations/actor';
import { GUEST_FILES_STAY_HOURS } from '@/lib/operations/actor';
import type { OperationContext } from '@/lib/operations/context';
import { guestOffered } from '@/lib/operations/guest/guest-submit';
import { perform } from '@/lib/operations/operation';
import { clientAddress } from '../requests/client-address';
import { services } from '../services';
import { trustedProxies, visitorKey } from '../settings';
import { cookieNames } from '../sign-in/auth';
import { readTicket, writeTicket } from './visitor-ticket';

/** What an operation is given for somebody who is not signed in. */
export interface GuestContext extends OperationContext {
  readonly actor: GuestActor;
}

/** The guest who sends this request: the visitor that the browser's cookie names, or a new one, whom nothing belongs to yet. */
export const guestContext: () => Promise<GuestContext> = cache(async () => {
  const ticket = (await cookies()).get(cookieNames().visitor)?.value ?? '';
  const visitorId = readTicket(ticket, { key: visitorKey(), now: new Date() }) ?? randomUUID();
  const client = clientAddress((await headers()).get('x-forwarded-for'), trustedProxies());
  return { ...services(), actor: { role: 'guest', label: 'guest', visitorId, client }, via: 'browser' };
});

/** The cookie that binds what a guest hands in to this browser, from now on for as long as its files stay. */
export function visitorCookie({ actor }: GuestContext): { name: string; value: string; keptForSeconds: number } {
  const keptForSeconds = GUEST_FILES_STAY_HOURS * 3600;
  const expiresAt = new Date(Date.now() + keptForSeconds * 1000);
  return {
    name: cookieNames().visitor,
    value: writeTicket({ visitorId: actor.visitorId, expiresAt }, visitorKey()),
    keptForSeconds,
  };
}

/** Says whether there is an exchange without signing in. */
export const isGuestExchangeOffered: () => Promise<boolean> = cache(async () => {
  const result = await perform(guestOffered, {}, await guestContext());
  return result.ok && result.value.isOffered;
});
