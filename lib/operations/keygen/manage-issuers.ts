import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { IssuerRow } from '@/db/keygen/keygen-issuers';
import { insertIssuer, readIssuers, writeIssuerRotation } from '@/db/keygen/keygen-issuers';
import { publicForms, verifierFrom } from '@/lib/dialects/keygen/issuer';
import { generateKeySet } from '@/lib/dialects/keygen/key-set';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { MasterKey } from '@/lib/signing/master-key';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { wrapPrivatePems } from './keys';

/** Makes the three key pairs that Keygen clients verify with, the private halves encrypted under the master key. */
async function makeIssuer(masterKey: MasterKey, { account, at }: { account: string; at: Date }): Promise<IssuerRow> {
  const { kid, publicPems, privatePems } = await generateKeySet();
  const privateSealed = await wrapPrivatePems(masterKey, privatePems, kid);
  return { kid, account, publicPems, privateSealed, createdAt: at, retiredAt: null };
}

/** Creates the first issuer for software built for Keygen, under a new account. */
export const createKeygenKeys = defineOperation({
  name: 'keygen.create-keys',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, context) {
    const { db, keyring } = context;
    if ((await readIssuers(db)).length > 0) return refuse(reject('keygen-keys-exist'));
    const at = await instantOf(context);
    const issuer = await makeIssuer(keyring.masterKey, { account: randomUUID(), at });
    const { kid, account } = issuer;
    const audit = operatorAudit(context, { at, action: 'keygen.keys-created', detail: { kid, account } });
    if ((await insertIssuer(db, { issuer, audit })) === 'exists') return refuse(reject('keygen-keys-exist'));
    return done({ kid, account, createdAt: at });
  },
});

/** Replaces the key pairs in use by new ones, under the same account. The old public keys stay listed and verify what was signed before. */
export const rotateKeygenKeys = defineOperation({
  name: 'keygen.rotate-keys',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({}),
  async run(_, context) {
    const { db, keyring } = context;
    const inUse = (await readIssuers(db)).find((issuer) => issuer.retiredAt === null);
    if (inUse === undefined) return refuse(reject('keygen-keys-missing'));
    const at = await instantOf(context);
    const issuer = await makeIssuer(keyring.masterKey, { account: inUse.account, at });
    const { kid, account } = issuer;
    const audit = operatorAudit(context, { at, action: 'keygen.keys-rotated', detail: { kid, account, replaces: inUse.kid } });
    if ((await writeIssuerRotation(db, { issuer, replaces: inUse.kid, audit })) === 'stale') return refuse(reject('busy'));
    return done({ kid, account, replaces: inUse.kid, createdAt: at });
  },
});

/** Lists the public keys of all issuers, those in use first. */
export const listKeygenKeys = defineOperation({
  name: 'keygen.list-keys',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) =>
    done(
      (await readIssuers(db)).map(({ kid, createdAt, retiredAt, account, publicPems }) => {
        return { kid, createdAt, retiredAt, ...publicForms(account, verifierFrom(publicPems)) };
      }),
    ),
});

/** Shows the public keys in use, for developers whose software verifies what this portal issues. */
export const showKeygenPublic = defineOperation({
  name: 'keygen.public',
  kind: 'query',
  permission: 'keygen-public:read',
  input: z.strictObject({}),
  async run(_, { db }) {
    const inUse = (await readIssuers(db)).find((issuer) => issuer.retiredAt === null);
    return inUse === undefined
      ? refuse(reject('keygen-keys-missing'))
      : done(publicForms(inUse.account, verifierFrom(inUse.publicPems)));
  },
});
