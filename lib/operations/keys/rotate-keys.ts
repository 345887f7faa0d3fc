import type { JWK } from 'jose';
import { z } from 'zod';
import { writeRotation } from '@/db/keys/manage-keys';
import type { KeyRows } from '@/db/keys/read-keys';
import { readKeys } from '@/db/keys/read-keys';
import { addDuration } from '@/lib/licensing/leases/duration';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { publicJwkOf, thumbprintOf } from '@/lib/signing/jwk';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { instant } from '../operator-input';
import type { Keyring } from './keyring';
import { makeExchangeKey, makeSigningKey } from './make-vendor-key';
import { rootPrivateJwk } from './root-key';

/** How long a retired exchange key opens requests by default: files wait, and devices learn of a new key late. */
const OLD_REQUESTS_OPEN_FOR = 'P400D';

/** The keys of one kind that are in use. */
function inUse(keys: readonly { readonly kid: string; readonly retiredAt: Date | null }[]): string[] {
  return keys.filter((key) => key.retiredAt === null).map((key) => key.kid);
}

/**
 * Puts new keys into use and retires the old ones in the same statement. A new signing key needs the root key to certify it; a retired
 * exchange key opens requests until the end that is set here.
 */
export const rotateKeys = defineOperation({
  name: 'key.rotate',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      signing: z.boolean(),
      exchange: z.boolean(),
      rootPrivateJwk: rootPrivateJwk.nullable().default(null),
      opensUntil: instant.nullable().default(null),
    })
    .refine(({ signing, exchange }) => signing || exchange, 'expected a kind of key to rotate')
    .refine(({ signing, rootPrivateJwk: jwk }) => !signing || jwk !== null, {
      path: ['rootPrivateJwk'],
      message: 'expected the root key, which certifies a signing key',
    }),
  async run(input, context) {
    const { db, keyring } = context;
    const rows = await readKeys(db);
    const at = await instantOf(context);
    const until = input.opensUntil ?? addDuration(at, OLD_REQUESTS_OPEN_FOR);
    const refused = await refuseRotation(rows, { rootJwk: input.rootPrivateJwk, until, at });
    if (refused !== null) return refuse(refused);

    const { signing, exchange } = await makeKeys(keyring, { ...input, rows, at });
    const opensUntil = exchange === null ? null : until;
    const detail = { signingKid: signing?.kid ?? null, exchangeKid: exchange?.kid ?? null };
    const outcome = await writeRotation(db, {
      at,
      signing: signing && { key: signing, inUse: inUse(rows.signingKeys) },
      exchange: exchange && { key: exchange, inUse: inUse(rows.exchangeKeys), opensUntil: until },
      audit: operatorAudit(context, {
        at,
        action: 'keys.rotated',
        detail: { ...detail, opensUntil: opensUntil?.toISOString() ?? null },
      }),
    });
    if (outcome === 'stale') return refuse(reject('busy'));
    return done({ ...detail, opensUntil });
  },
});

async function refuseRotation(
  { vendor }: KeyRows,
  { rootJwk, until, at }: { rootJwk: JWK | null; until: Date; at: Date },
): Promise<Rejection | null> {
  if (vendor === null) return reject('vendor-missing');
  if (until < at) return reject('input-refused', { problem: 'opensUntil: expected an instant to come' });
  if (rootJwk === null) return null;
  const [found, expected] = await Promise.all([thumbprintOf(rootJwk), thumbprintOf(vendor.rootJwk)]);
  return found === expected ? null : reject('root-key-differs', { found, expected });
}

interface ToMake {
  readonly rows: KeyRows;
  readonly rootPrivateJwk: JWK | null;
  readonly signing: boolean;
  readonly exchange: boolean;
  readonly at: Date;
}

/** Makes the requested keys on the root's curve. */
async function makeKeys({ masterKey }: Keyring, { rows, rootPrivateJwk: privateJwk, signing, exchange, at }: ToMake) {
  if (rows.vendor === null) throw new Error('expected a vendor, found none');
  const publicJwk = publicJwkOf(rows.vendor.rootJwk);
  const curve = publicJwk.crv === 'P-256' ? 'P-256' : 'X25519';
  const root = privateJwk === null ? null : { vendorId: rows.vendor.id, privateJwk, publicJwk };
  return {
    signing: signing && root !== null ? await makeSigningKey(masterKey, { root, at }) : null,
    exchange: exchange ? await makeExchangeKey(masterKey, { curve, at }) : null,
  };
}
