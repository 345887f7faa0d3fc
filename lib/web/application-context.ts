import 'server-only';
import type { ApplicationActor } from '@/lib/operations/actor';
import type { OperationContext } from '@/lib/operations/context';
import { keyringForOneAct } from '@/lib/operations/keys/keyring';
import { clientAddress } from './requests/client-address';
import { services } from './services';
import { trustedProxies } from './settings';

/** What an operation is given for an application of the vendor's that calls the portal. */
export interface ApplicationContext extends OperationContext {
  readonly actor: ApplicationActor;
}

/**
 * @param forwardedFor where the call comes from, as `x-forwarded-for` says
 * @param label what the audit calls the application
 */
export function applicationContext(forwardedFor: string | null, label: string): ApplicationContext {
  const client = clientAddress(forwardedFor, trustedProxies());
  const { db, keyring } = services();
  return { db, keyring: keyringForOneAct(keyring), actor: { role: 'application', label, client }, via: 'api' };
}
