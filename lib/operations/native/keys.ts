import type { KeyObject } from 'node:crypto';
import { readDeviceJwk } from '@/db/exchange/read-activation';
import type { NativeKeys, NativeSealingKeys, ReplyKey } from '@/lib/dialects/native/opening-keys';
import { importExchangeKey, importSigningKey } from '@/lib/signing/key-pair';
import { unwrapPrivateJwk } from '@/lib/signing/master-key';
import { dialectKeys } from '../keys/dialect-keys';
import type { KeySource } from '../keys/keyring';
import { openOnce } from '../keys/open-once';

/** The vendor's own keys: what native files are opened and answered with. */
export const nativeKeys = dialectKeys(({ vendorId, source }): NativeKeys & NativeSealingKeys => ({
  vendorId,
  async exchangeKey(kid) {
    const { rows, clock } = source;
    const row = rows.exchangeKeys.find((key) => key.kid === kid);
    if (row === undefined) return undefined;
    if (row.opensUntil !== null && row.opensUntil <= clock.now()) return { status: 'retired', openedUntil: row.opensUntil };
    return { status: 'open', privateKey: await openKey(source, 'exchange-key', row) };
  },
  deviceKey: (thumbprint) => readDeviceJwk(source.db, thumbprint),
  native: () => replyKeyFrom(source),
}));

async function replyKeyFrom(source: KeySource): Promise<ReplyKey> {
  const { rows, clock } = source;
  const signing = rows.signingKeys.find((key) => key.retiredAt === null && key.expiresAt > clock.now());
  const exchange = rows.exchangeKeys.find((key) => key.retiredAt === null);
  if (signing === undefined || exchange === undefined) {
    throw new Error(
      'expected a signing key and an exchange key in use, found none: rotate with `npm run -s airgate -- key rotate`',
    );
  }
  return {
    kid: signing.kid,
    alg: signing.alg,
    privateKey: await openKey(source, 'signing-key', signing),
    certificate: signing.certificate,
    exchangeJwk: exchange.publicJwk,
  };
}

const openKeyOnce = openOnce<KeyObject>();

function openKey(
  { masterKey }: KeySource,
  purpose: 'signing-key' | 'exchange-key',
  { kid, privateSealed }: { readonly kid: string; readonly privateSealed: string },
): Promise<KeyObject> {
  const importKey = purpose === 'signing-key' ? importSigningKey : importExchangeKey;
  const open = async () => importKey(await unwrapPrivateJwk(masterKey, privateSealed, { purpose, kid }));
  return openKeyOnce({ masterKey, name: `${purpose} ${kid}`, open });
}
