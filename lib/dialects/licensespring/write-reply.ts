import type { Reply } from '@/lib/licensing/exchange/reply';
import type { Signing } from '@/lib/signing/signing-turns';
import type { Vault } from '../dialect';
import { userOf } from './device-key';
import type { LicenseSpringIssuer } from './issuer';
import { licenceDetails } from './licence-details';
import { replyTo } from './request-details';
import type { Unsigned } from './sign-reply';
import { licenceText, signReply } from './sign-reply';
import { hmac, signedText } from './sign-text';

/** The keys that seal answers of this dialect. */
export interface SealingKeys {
  licenseSpring(): Promise<LicenseSpringIssuer>;
  readonly vault: Pick<Vault, 'decrypt'>;
  readonly signing?: Signing;
}

/** The turn of a signature whose caller names none. */
const ANYBODYS: Signing = { turnOf: '', isStillWanted: async () => true };

export function signingOf({ signing = ANYBODYS }: SealingKeys): Signing {
  return signing;
}

/**
 * Writes the answer of one licence, its members in the order in which they are signed.
 *
 * @throws ZodError when the reply does not fit the format, which is a fault of the portal's data
 */
export async function writeReply(reply: Reply, keys: SealingKeys): Promise<Unsigned> {
  const { licenseSpring, vault } = keys;
  const issuer = await licenseSpring();
  const to = replyTo.parse(reply.replyTo);
  const { user, ...details } = licenceDetails.parse(reply.details);
  const [identity, hardwareId] = await Promise.all([vault.decrypt(to.identity.sealed), vault.decrypt(to.hardwareId.sealed)]);
  const date = reply.serverTime.toUTCString();
  const isUser = to.identity.kind === 'user';
  const signed = signedText({ date, identity, hardwareId, clientId: to.client.id });
  const offline = hmac(await issuer.secretOf(to.client.kind, to.client.id), signed);
  return signReply({
    kind: reply.kind,
    reply: {
      ...details,
      ...(isUser ? { user, username: identity } : { license_key: identity }),
      hardware_id: hardwareId,
      request: reply.kind === 'refresh' ? 'refresh' : 'activation',
      date,
      offline_signature: offline.toString('base64'),
    },
    licenceText: licenceText({
      hardwareId,
      identity: isUser ? userOf(identity) : identity,
      validity: details.validity_period,
    }),
    privateKey: issuer.privateKey,
    signing: signingOf(keys),
  });
}
