import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertIssuer, readIssuers, writeIssuerRotation } from '@/db/keygen-issuers';
import { reject } from '@/lib/licensing/rejection';
import { defineOperation, done, refuse } from '../operation';
import { instantOf, operatorAudit } from '../operator-audit';
import { makeIssuer } from './make-issuer';
import { publicKeysOf } from './public-keys';

/** Makes the first key pairs for software built for Keygen, under a new account. */
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
    const { id, account } = issuer;
    const audit = operatorAudit(context, { at, action: 'keygen.keys-created', detail: { id, account } });
    if ((await insertIssuer(db, { issuer, audit })) === 'exists') return refuse(reject('keygen-keys-exist'));
    keyring.forget();
    return done({ id, account, createdAt: at });
  },
});

/** Puts new key pairs into use under the same account. What the old ones signed stays good with their public halves, which stay listed. */
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
    const { id, account } = issuer;
    const audit = operatorAudit(context, { at, action: 'keygen.keys-rotated', detail: { id, account, replaces: inUse.id } });
    if ((await writeIssuerRotation(db, { issuer, replaces: inUse.id, at, audit })) === 'stale') return refuse(reject('busy'));
    keyring.forget();
    return done({ id, account, replaces: inUse.id, createdAt: at });
  },
});

/** All key pairs for software built for Keygen, newest first, by their public halves. */
export const listKeygenKeys = defineOperation({
  name: 'keygen.list-keys',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) =>
    done(
      (await readIssuers(db)).map((issuer) => {
        const { id, createdAt, retiredAt } = issuer;
        return { id, createdAt, retiredAt, ...publicKeysOf(issuer) };
      }),
    ),
});

/** The public keys in use, for developers who build software that verifies what this portal issues. Nothing in them is secret. */
export const showKeygenPublic = defineOperation({
  name: 'keygen.public',
  kind: 'query',
  permission: 'keygen-public:read',
  input: z.strictObject({}),
  async run(_, { db }) {
    const inUse = (await readIssuers(db)).find((issuer) => issuer.retiredAt === null);
    return inUse === undefined ? refuse(reject('keygen-keys-missing')) : done(publicKeysOf(inUse));
  },
});
