import 'server-only';
import type { ApplicationActor } from '@/lib/operations/actor';
import type { OperationContext } from '@/lib/operations/context';
import { keyringForOneAct } from '@/lib/operations/keys/keyring';
import { clientAddress } from './requests/client-address';
import { services } from './services';
import { trustedProxies } from './web-settings';

/** The context of an operation that an application calls through an API. */
export interface ApplicationContext extends OperationContext {
  readonly actor: ApplicationActor;
}

/**
 * Makes the context of an API call.
 *
 * @param forwardedFor the `x-forwarded-for` header
 * @param label name of the application in the audit
 */
export function applicationContext(forwardedFor: string | null, label: string): ApplicationContext {
  const client = clientAddress(forwardedFor, trustedProxies());
  const { db, keyring } = services();
  return { db, keyring: keyringForOneAct(keyring), actor: { role: 'application', label, client }, via: 'api' };
}
