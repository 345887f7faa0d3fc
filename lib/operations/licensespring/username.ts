import { userOf } from '@/lib/dialects/licensespring/device-key';
import { replyTo, requestDetails } from '@/lib/dialects/licensespring/request-details';
import type { DetailsCase, HookCase } from '../exchange/dialect-hooks';

/** The user whose activation it is about; null for a licence that is named by its key. */
export async function usernameIn(input: HookCase | DetailsCase): Promise<string | null> {
  const { request, keys } = input;
  if (request?.kind === 'activation') {
    return requestDetails.parse(request.details).identity === 'user' ? userOf(request.activationCode) : null;
  }
  const { identity } = replyTo.parse('kept' in input ? input.kept : input.replyTo);
  return identity.kind === 'user' ? userOf(await keys.vault.open(identity.sealed)) : null;
}
