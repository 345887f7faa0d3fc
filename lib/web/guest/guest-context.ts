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
import { cookieNames } from '../sign-in/auth';
import { trustedProxies, visitorKey } from '../web-settings';
import { readTicket, writeTicket } from './visitor-ticket';

/** The context of an operation for a guest. */
export interface GuestContext extends OperationContext {
  readonly actor: GuestActor;
}

/** Makes the context of a guest: the visitor named by the cookie, or a new one, who owns nothing yet. */
export const guestContext: () => Promise<GuestContext> = cache(async () => {
  const ticket = (await cookies()).get(cookieNames().visitor)?.value ?? '';
  const visitorId = readTicket(ticket, { key: visitorKey(), now: new Date() }) ?? randomUUID();
  const client = clientAddress((await headers()).get('x-forwarded-for'), trustedProxies());
  return { ...services(), actor: { role: 'guest', label: 'guest', visitorId, client }, via: 'browser' };
});

/** Makes the cookie that binds the files of a guest to this browser, for as long as guest files are kept. */
export function visitorCookie({ actor }: GuestContext): { name: string; value: string; keptForSeconds: number } {
  const keptForSeconds = GUEST_FILES_STAY_HOURS * 3600;
  const expiresAt = new Date(Date.now() + keptForSeconds * 1000);
  return {
    name: cookieNames().visitor,
    value: writeTicket({ visitorId: actor.visitorId, expiresAt }, visitorKey()),
    keptForSeconds,
  };
}

/** Says whether the vendor offers the exchange without signing in. */
export const isGuestExchangeOffered: () => Promise<boolean> = cache(async () => {
  const result = await perform(guestOffered, {}, await guestContext());
  return result.ok && result.value.isOffered;
});
