import { userOf } from '@/lib/dialects/licensespring/device-key';
import { replyTo, requestDetails } from '@/lib/dialects/licensespring/request-details';
import type { HookCase } from '../dialects/hooks';

/** Reads the user's name from a request, or in a refresh or return from the stored state; null for a licence named by its key. */
export async function usernameIn({ request, keys, storedState }: HookCase): Promise<string | null> {
  if (request?.kind === 'activation') {
    return requestDetails.parse(request.details).identity === 'user' ? userOf(request.activationCode) : null;
  }
  const { identity } = replyTo.parse(storedState);
  return identity.kind === 'user' ? userOf(await keys.vault.decrypt(identity.sealed)) : null;
}
