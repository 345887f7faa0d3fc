// Opens a machine file with nothing but the licence key, the fingerprint and the public key. Uses nothing of the portal.
// node open-machine-file.mjs FILE LICENCE_KEY FINGERPRINT PUBLIC_KEY   (Ed25519 as 64 hex digits, or any public key as a PEM file)
import { constants, createDecipheriv, createPublicKey, hash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SIGNED = {
  'ed25519 ed25519': [null],
  'rsa-pss-sha256 rsa': ['sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 222 }],
  'rsa-sha256 rsa': ['sha256'],
  'ecdsa-p256 ec': ['sha256'],
};
const readKey = (text) =>
  /^[0-9a-f]{64}$/i.test(text)
    ? createPublicKey({ key: Buffer.from(`302a300506032b6570032100${text}`, 'hex'), format: 'der', type: 'spki' })
    : createPublicKey(readFileSync(text));
function decode(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return bytes;
  throw new Error('expected base64');
}

export function openMachineFile({ text, licenceKey, fingerprint, publicKey }) {
  const [, body] = /^-----BEGIN MACHINE FILE-----\n([A-Za-z0-9+/=\n]+)\n-----END MACHINE FILE-----\n$/.exec(text);
  const { enc, sig, alg } = JSON.parse(decode(body.replaceAll('\n', '')));
  const [, encoding, algorithm] = /^(aes-256-gcm|base64)\+(.+)$/.exec(alg);
  const [digest, padding] = SIGNED[`${algorithm} ${publicKey.asymmetricKeyType}`];
  if (!verify(digest, `machine/${enc}`, { key: publicKey, ...padding }, decode(sig))) throw new Error('not authentic');
  if (encoding === 'base64') return JSON.parse(decode(enc));
  const [content, nonce, tag] = enc.split('.').map(decode);
  const secret = hash('sha256', licenceKey + fingerprint, 'buffer');
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 }).setAuthTag(tag);
  return JSON.parse(Buffer.concat([decipher.update(content), decipher.final()]));
}

const [, script = '', file, licenceKey, fingerprint, key] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const opened = openMachineFile({ text: readFileSync(file, 'utf8'), licenceKey, fingerprint, publicKey: readKey(key) });
  process.stdout.write(`${JSON.stringify(opened, null, 2)}\n`);
}
