import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { importExchangeKey } from '@/lib/signing/key-pair';
import type { ReplyReader } from '../open-reply';
import type { NativeKeys } from '../opening-keys';
import type { BadVector, GoodVector } from './vector';
import type { VectorKeys } from './vector-keys';

const folder = join(import.meta.dirname, '../../../../docs/formats/native-vectors');

function read<Content>(name: string): Content {
  const content: Content = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return content;
}

export function readVectorKeys(): VectorKeys {
  return read<VectorKeys>('keys.json');
}

export function readGoodVectors(of: 'requests' | 'replies'): readonly GoodVector[] {
  return read<{ vectors: GoodVector[] }>(`${of}-good.json`).vectors;
}

export function readBadVectors(of: 'requests' | 'replies'): readonly BadVector[] {
  return read<{ vectors: BadVector[] }>(`${of}-bad.json`).vectors;
}

/** What the portal of the vectors knows: three open exchange keys, a retired one, and two devices with an activation. */
export async function portalOfVectors(keys: VectorKeys): Promise<NativeKeys> {
  const open = [keys.exchange, keys.exchange_p256, keys.exchange_retiring];
  const imported = await Promise.all(open.map(async ({ kid, privateJwk }) => [kid, importExchangeKey(privateJwk)] as const));
  const exchangeKeys = new Map(imported);
  const devices = new Map<string, JWK>(
    [keys.device, keys.device_p256].map(({ signing }) => [signing.kid, { ...signing.publicJwk }]),
  );
  return {
    vendorId: keys.vendor_id,
    async exchangeKey(kid) {
      if (kid === keys.exchange_retired.kid)
        return { status: 'retired', openedUntil: new Date(keys.exchange_retired.opened_until) };
      const privateKey = exchangeKeys.get(kid);
      return privateKey === undefined ? undefined : { status: 'open', privateKey };
    },
    async deviceKey(thumbprint) {
      return devices.get(thumbprint);
    },
  };
}

/** A device of the vectors, as it opens replies. */
export async function readerOfVectors(keys: VectorKeys, device: VectorKeys['device']): Promise<ReplyReader> {
  return {
    vendorId: keys.vendor_id,
    rootPublicJwk: keys.root.publicJwk,
    deviceKey: device.signing.kid,
    exchangeKid: device.exchange.kid,
    exchangePrivateKey: importExchangeKey(device.exchange.privateJwk),
  };
}
