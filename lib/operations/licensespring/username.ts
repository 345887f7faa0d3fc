import { replyTo, requestDetails } from '@/lib/dialects/licensespring/request-details';
import type { DetailsCase, SupportCase } from '../dialect-support';

/** The name of a user as it is stored: what stands before the first `|` of it in files. */
export function usernameOf(whole: string): string {
  return whole.split('|', 1)[0] ?? whole;
}

/** The user whose activation it is about; null for a licence that is named by its key. */
export async function usernameIn(input: SupportCase | DetailsCase): Promise<string | null> {
  const { request, keys } = input;
  if (request?.kind === 'activation') {
    return requestDetails.parse(request.details).identity === 'user' ? usernameOf(request.activationCode) : null;
  }
  const { identity } = replyTo.parse('kept' in input ? input.kept : input.replyTo);
  return identity.kind === 'user' ? usernameOf(await keys.vault.open(identity.sealed)) : null;
}
