import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KEY_OF_ALGORITHM, SIGNATURE_ALGORITHMS } from './scheme';
import { contentOfFile, partsOfFile } from './testing/file-content';
import { bitsOf, flipBit } from './testing/flip-bits';
import { isGoodSignature } from './testing/openssl';
import type { FileVector, ResponseVector } from './testing/read-vectors';
import { readVectorKeys, readVectors } from './testing/read-vectors';
import { LICENCE } from './testing/samples';

const keys = readVectorKeys();
const { issuer } = keys;
const files = readVectors<{ vectors: FileVector[] }>('files').vectors;

describe('files', () => {
  const folder = join(import.meta.dirname, '../../../docs/formats');
  const publicKeyFor = (algorithm: string) => {
    const name = SIGNATURE_ALGORITHMS.find((each) => algorithm.endsWith(`+${each}`)) ?? 'ed25519';
    return { name, pem: issuer.publicPems[KEY_OF_ALGORITHM[name]] };
  };

  test.each(files.map((file) => [file.name, file] as const))('%s: openssl verifies and decrypts it', (_, vector) => {
    const { file, kind, algorithm, licence_key: key, fingerprint, content } = vector;
    const label = kind === 'license' ? 'LICENSE FILE' : 'MACHINE FILE';
    expect(file).toMatch(new RegExp(`^-----BEGIN ${label}-----\\n(?:[^\\n]{60}\\n)*[^\\n]{1,60}\\n-----END ${label}-----\\n$`));
    const { enc, sig, alg } = partsOfFile(file);
    expect(alg).toBe(algorithm);
    const { name, pem } = publicKeyFor(algorithm);
    const check = { algorithm: name, publicPem: pem, signature: Buffer.from(sig, 'base64') };
    expect(isGoodSignature({ ...check, data: `${kind}/${enc}` })).toBe(true);
    expect(isGoodSignature({ ...check, data: `${kind}/${flipBit(enc, 81)}` })).toBe(false);
    expect(contentOfFile(file, `${key}${fingerprint ?? ''}`)).toEqual(content);
  });

  const script = (kind: FileVector['kind']) =>
    join(folder, kind === 'machine' ? 'open-machine-file.mjs' : 'open-licence-file.mjs');

  async function openerOf(kind: FileVector['kind']) {
    const opener = await import(script(kind));
    return kind === 'machine' ? opener.openMachineFile : opener.openLicenceFile;
  }

  function opens(open: () => unknown): boolean {
    try {
      open();
      return true;
    } catch {
      return false;
    }
  }

  test.each(files.map((file) => [file.name, file] as const))(
    '%s: the script in docs opens it, and refuses it with any bit flipped',
    async (_, { kind, algorithm, licence_key: licenceKey, fingerprint, file, content }) => {
      const open = await openerOf(kind);
      const publicKey = createPublicKey(publicKeyFor(algorithm).pem);
      expect(open({ text: file, licenceKey, fingerprint, publicKey })).toEqual(content);
      const changed = [...bitsOf(file, file.length < 3000 ? 1 : 23)].map((bit) => flipBit(file, bit));
      expect(changed.filter((text) => opens(() => open({ text, licenceKey, fingerprint, publicKey })))).toEqual([]);
    },
  );

  test('the scripts work as commands, with the Ed25519 key in hex or any key as PEM, and end in failure otherwise', () => {
    const at = mkdtempSync(join(tmpdir(), 'airgate-files-'));
    const ed25519 = createPublicKey(issuer.publicPems.ed25519)
      .export({ type: 'spki', format: 'der' })
      .subarray(-32)
      .toString('hex');
    try {
      for (const { kind, algorithm, licence_key: key, fingerprint, file, content } of files) {
        const { name, pem } = publicKeyFor(algorithm);
        writeFileSync(join(at, 'file.lic'), file);
        writeFileSync(join(at, 'key.pem'), pem);
        const publicKey = name === 'ed25519' ? ed25519 : 'key.pem';
        const of = (licenceKey: string) => [
          script(kind),
          'file.lic',
          licenceKey,
          ...(fingerprint === null ? [] : [fingerprint]),
          publicKey,
        ];
        const run = (licenceKey: string) =>
          execFileSync(process.execPath, of(licenceKey), { cwd: at, stdio: ['ignore', 'pipe', 'ignore'] });
        expect(JSON.parse(run(key).toString('utf8'))).toEqual(content);
        if (algorithm.startsWith('aes')) expect(() => run(`${key}x`)).toThrow(/Command failed/);
      }
    } finally {
      rmSync(at, { recursive: true });
    }
  });

  test('hold what clients look for: every attribute, and every resource that was asked for, each once', () => {
    const machine = files.find(({ name }) => name === 'machine file: aes-256-gcm+ed25519')?.content;
    const idOf = (type: string) => ({ type, relationships: expect.anything() });
    expect(machine).toMatchObject({
      data: {
        type: 'machines',
        attributes: { fingerprint: expect.any(String), metadata: { siteName: 'Plant 7' }, heartbeatStatus: 'NOT_STARTED' },
        relationships: {
          account: { data: { type: 'accounts', id: keys.account } },
          product: { data: { type: 'products', id: LICENCE.productId } },
          license: { data: { type: 'licenses', id: LICENCE.id } },
          owner: { data: { type: 'users' } },
        },
      },
      included: ['licenses', 'entitlements', 'entitlements', 'products', 'policies', 'users', 'components'].map(idOf),
      meta: { issued: '2026-01-02T03:04:05.000Z', expiry: '2026-02-01T13:33:11.000Z', ttl: 2_629_746 },
    });
    const bare = files.find(({ name }) => name === 'license file: nothing included, no end')?.content;
    expect(bare).toMatchObject({ data: { type: 'licenses' }, meta: { expiry: null, ttl: null } });
    expect(bare).not.toHaveProperty('included');
  });
});

test.each(readVectors<{ vectors: ResponseVector[] }>('responses').vectors.map((each) => [each.algorithm, each] as const))(
  'a response signed by %s: openssl verifies it',
  (algorithm, { method, target, host, body, headers }) => {
    const digest = `sha-256=${createHash('sha256').update(body).digest('base64')}`;
    const { Date: date = '', 'Keygen-Signature': said = '' } = headers;
    expect(headers).toMatchObject({ Digest: digest, 'Keygen-Digest': digest, 'Keygen-Date': date });
    expect(new Date(date).toUTCString()).toBe(date);
    const [, keyid, named, signature = '', signed] =
      /^keyid="(.+?)", algorithm="(.+?)", signature="(.+?)", headers="(.+?)"$/.exec(said) ?? [];
    expect([keyid, named, signed]).toEqual([keys.account, algorithm, '(request-target) host date digest']);
    const data = `(request-target): ${method.toLowerCase()} ${target}\nhost: ${host}\ndate: ${date}\ndigest: ${digest}`;
    const check = {
      algorithm,
      publicPem: issuer.publicPems[KEY_OF_ALGORITHM[algorithm]],
      signature: Buffer.from(signature, 'base64'),
    };
    expect(isGoodSignature({ ...check, data })).toBe(true);
    expect(isGoodSignature({ ...check, data: `${data}\n` })).toBe(false);
  },
);
