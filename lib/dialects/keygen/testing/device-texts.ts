import { makeKey } from './bad-keys';
import type { BadText } from './read-vectors';
import { FINGERPRINT, LICENCE } from './samples';
import type { VectorKeys } from './vector-keys';

/** A text as a device page shows it. */
export function deviceText(members: unknown): string {
  return Buffer.from(typeof members === 'string' ? members : JSON.stringify(members)).toString('base64');
}

/** Texts of device pages that are refused, and how. */
export async function makeBadDeviceTexts(keys: VectorKeys): Promise<BadText[]> {
  const key = await makeKey({ keys, scheme: 'ED25519_SIGN' });
  const plain = await makeKey({ keys, scheme: null });
  const fingerprint = FINGERPRINT;
  const good = deviceText({ key, fingerprint });
  const of = (name: string, code: string, members: unknown, facts?: object): BadText => ({
    name,
    code,
    text: deviceText(members),
    ...(facts === undefined ? {} : { facts }),
  });
  return [
    of('no key', 'keygen-field-missing', { fingerprint }, { field: 'key' }),
    of('no fingerprint', 'keygen-field-missing', { key }, { field: 'fingerprint' }),
    of('an empty key', 'keygen-field-empty', { key: '', fingerprint }, { field: 'key' }),
    of('an empty fingerprint', 'keygen-field-empty', { key, fingerprint: '  ' }, { field: 'fingerprint' }),
    of('a key of 5 KB', 'keygen-field-too-long', { key: 'A'.repeat(5000), fingerprint }, { field: 'key', length: 5000 }),
    of('a fingerprint of 5 KB', 'keygen-field-too-long', { key, fingerprint: 'A'.repeat(5000) }, { field: 'fingerprint' }),
    of('a key that is a number', 'keygen-field-not-text', { key: 12, fingerprint }, { field: 'key' }),
    of('a key that is null', 'keygen-field-not-text', { key: null, fingerprint }, { field: 'key' }),
    of('a fingerprint that is a list', 'keygen-field-not-text', { key, fingerprint: [fingerprint] }, { field: 'fingerprint' }),
    of('a fingerprint on two lines', 'keygen-field-not-text', { key, fingerprint: 'a\nb' }, { field: 'fingerprint' }),
    of('a member that is not known', 'keygen-field-unknown', { key, fingerprint, seats: 9 }, { field: 'seats' }),
    of('a time that is none', 'keygen-time-refused', { key, fingerprint, time: 'yesterday' }),
    of('a day that there is not', 'keygen-time-refused', { key, fingerprint, time: '2026-13-01T00:00:00Z' }),
    of('a member twice', 'keygen-code-damaged', `{"key":"a","key":"b","fingerprint":"c"}`, { problem: 'duplicate member' }),
    of('a fingerprint that is the licence', 'keygen-fingerprint-is-id', { key, fingerprint: LICENCE.id.toUpperCase() }),
    of('a fingerprint that is the account', 'keygen-fingerprint-is-id', { key, fingerprint: keys.account }),
    of('a fingerprint that is the key', 'keygen-fingerprint-is-id', { key: plain, fingerprint: plain }),
    of('a key of another issuer', 'keygen-key-not-authentic', {
      key: await makeKey({ keys, scheme: 'ED25519_SIGN', by: keys.other }),
      fingerprint,
    }),
    { name: 'cut', code: 'keygen-code-damaged', text: good.slice(0, 101) },
    { name: 'cut between bytes', code: 'keygen-code-damaged', facts: { problem: 'not JSON' }, text: good.slice(0, 100) },
    {
      name: 'in the other alphabet',
      code: 'keygen-code-damaged',
      facts: { problem: 'no base64' },
      text: `${good.slice(0, 40)}-_${good.slice(42)}`,
    },
    { name: 'something behind it', code: 'keygen-code-damaged', text: `${good}AAAA` },
    { name: 'a licence key alone', code: 'keygen-machine-needed', text: key },
    { name: 'a plain licence key alone', code: 'keygen-machine-needed', text: plain },
    { name: 'a JWT alone', code: 'keygen-machine-needed', text: await makeKey({ keys, scheme: 'RSA_2048_JWT_RS256' }) },
    { name: 'an older key alone', code: 'keygen-machine-needed', text: await makeKey({ keys, scheme: 'RSA_2048_PKCS1_SIGN' }) },
    {
      name: 'an encrypted key alone',
      code: 'keygen-machine-needed',
      text: await makeKey({ keys, scheme: 'RSA_2048_PKCS1_ENCRYPT' }),
    },
    { name: 'a licence key alone, cut', code: 'keygen-key-cut', text: key.slice(0, -8) },
  ];
}
