import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeygenIssuer } from '../issuer';
import { publicForms } from '../issuer';
import { machineFileDetails } from '../licence-details';
import { makeProof } from '../make-proof';
import { openLicenceKey } from '../open-licence-key';
import type { FileAlgorithm } from '../scheme';
import { FILE_ALGORITHMS, KEY_SCHEMES, SIGNATURE_ALGORITHMS } from '../scheme';
import { sealLicenceFile, sealMachineFile } from '../seal-file';
import { signResponse } from '../sign-response';
import { makeBadKeys, makeKey } from './bad-keys';
import { deviceText, makeBadDeviceTexts } from './device-texts';
import { contentOfFile } from './file-content';
import type { FileVector, GoodText, ProofVector, ResponseVector } from './read-vectors';
import { issuerOf, issuersOf } from './read-vectors';
import { CREATED, FINGERPRINT, LICENCE, LICENCE_FILE, MACHINE_FILE } from './samples';
import type { VectorKeys } from './vector-keys';
import { makeVectorKeys } from './vector-keys';

/*
 * Writes docs/formats/keygen-vectors. Keys that are there are kept; the rest is made anew, since most signatures are never twice the same.
 * Run with: npx tsx lib/dialects/keygen/testing/write-vectors.ts
 */
const folder = join(import.meta.dirname, '../../../../docs/formats/keygen-vectors');
const now = new Date(CREATED);

function write(name: string, value: object): void {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}

async function keysOfVectors(): Promise<VectorKeys> {
  const path = join(folder, 'keys.json');
  if (!existsSync(path)) write('keys', await makeVectorKeys());
  const keys: VectorKeys = JSON.parse(readFileSync(path, 'utf8'));
  return keys;
}

async function goodKeys(keys: VectorKeys): Promise<GoodText[]> {
  const template = {
    kind: 'template',
    text: '{{account}}|{{product}}|{{policy}}|{{user}}|{{email}}|{{created}}|{{expiry}}',
  } as const;
  const claims = { kind: 'template', text: '{"sub":"{{id}}","aud":"{{account}}","for":"{{duration}}"}' } as const;
  const forEver = { ...LICENCE, durationSeconds: null, user: null, expiresAt: null };
  const made = [
    ['plain', makeKey({ keys, scheme: null })],
    ...KEY_SCHEMES.flatMap(
      (scheme) =>
        [
          [scheme, makeKey({ keys, scheme })],
          [`${scheme}: without end and user`, makeKey({ keys, scheme, values: forEver })],
          [`${scheme}: by keys in use before`, makeKey({ keys, scheme, by: keys.retired })],
        ] as const,
    ),
    ['ED25519_SIGN: a template', makeKey({ keys, scheme: 'ED25519_SIGN', content: template })],
    ['RSA_2048_JWT_RS256: a template', makeKey({ keys, scheme: 'RSA_2048_JWT_RS256', content: claims })],
  ] as const;
  return Promise.all(
    made.map(async ([name, key]) => {
      const text = await key;
      return { name, text, opened: await openLicenceKey(text, issuersOf(keys)) };
    }),
  );
}

async function files(issuer: KeygenIssuer): Promise<FileVector[]> {
  const { key } = LICENCE_FILE.licence;
  const common = { issuer, issuedAt: now };
  const of = async (
    kind: 'license' | 'machine',
    name: string,
    change: { algorithm?: FileAlgorithm; [other: string]: unknown },
  ) => {
    const sealed =
      kind === 'license'
        ? await sealLicenceFile({ ...common, details: { ...LICENCE_FILE, ...change } })
        : await sealMachineFile({ ...common, details: machineFileDetails.parse({ ...MACHINE_FILE, ...change }) });
    const fingerprint = kind === 'machine' ? FINGERPRINT : null;
    const algorithm = change.algorithm ?? 'aes-256-gcm+ed25519';
    const content = contentOfFile(sealed.text, `${key}${fingerprint ?? ''}`);
    return { name: `${kind} file: ${name}`, kind, algorithm, licence_key: key, fingerprint, file: sealed.text, content };
  };
  const kinds = ['license', 'machine'] as const;
  return Promise.all(
    kinds.flatMap((kind) => [
      ...FILE_ALGORITHMS.map((algorithm) => of(kind, algorithm, { algorithm })),
      of(kind, 'nothing included, no end', { include: [], ttlSeconds: null }),
    ]),
  );
}

async function proofs(issuer: KeygenIssuer): Promise<ProofVector[]> {
  const licence = { ...LICENCE, key: LICENCE_FILE.licence.key };
  const machine = { id: MACHINE_FILE.machine.id, fingerprint: FINGERPRINT, createdAt: now };
  const of = async (name: string, dataset: string | null) => {
    const proof = await makeProof({ issuer, licence, machine, now, dataset });
    const [encoded = ''] = proof.slice('proof/'.length).split('.');
    return { name, proof, dataset: Buffer.from(encoded, 'base64url').toString('utf8') };
  };
  return [await of('default dataset', null), await of('custom dataset', '{"plant":7}')];
}

function responses(issuer: KeygenIssuer): Promise<ResponseVector[]> {
  const request = {
    method: 'POST',
    target: `/v1/accounts/${issuer.account}/licenses/actions/validate-key?dry=1`,
    host: 'portal.example:8443',
    body: '{"data":null,"meta":{"valid":false,"code":"NOT_FOUND"}}',
  };
  return Promise.all(
    SIGNATURE_ALGORITHMS.map(async (algorithm) => ({
      algorithm,
      ...request,
      headers: await signResponse({ ...request, algorithm, issuer, at: now }),
    })),
  );
}

mkdirSync(folder, { recursive: true });
const keys = await keysOfVectors();
const issuer = issuerOf(keys);
const key = await makeKey({ keys, scheme: 'ED25519_SIGN' });
write('public-keys', publicForms(keys.account, issuer));
write('licence-keys', { good: await goodKeys(keys), bad: await makeBadKeys(keys) });
write('device-texts', {
  good: [
    {
      name: 'key and fingerprint',
      text: deviceText({ key, fingerprint: FINGERPRINT }),
      opened: { key, fingerprint: FINGERPRINT },
    },
    {
      name: 'with name and time',
      text: deviceText({ key, fingerprint: FINGERPRINT, name: 'Press line 7', time: CREATED }),
      opened: { key, fingerprint: FINGERPRINT, name: 'Press line 7', time: CREATED },
    },
  ],
  bad: await makeBadDeviceTexts(keys),
});
write('files', { vectors: await files(issuer) });
write('proofs', { vectors: await proofs(issuer) });
write('responses', { vectors: await responses(issuer) });
