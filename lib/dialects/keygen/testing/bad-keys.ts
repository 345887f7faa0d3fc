import { issuerFrom } from '../issuer';
import type { KeySet } from '../key-set';
import type { Content, LicenceValues } from '../licence-values';
import { makeLicenceKey } from '../make-licence-key';
import type { KeyScheme } from '../scheme';
import type { BadText } from './read-vectors';
import { LICENCE } from './samples';
import type { VectorKeys } from './vector-keys';

/** Makes a key of a scheme; every part can be another than it should be. */
export function makeKey(input: {
  keys: VectorKeys;
  scheme: KeyScheme | null;
  by?: KeySet;
  account?: string;
  content?: Content;
  values?: LicenceValues;
}): Promise<string> {
  const { keys, scheme, by = keys.issuer, account = keys.account, content = { kind: 'default' }, values = LICENCE } = input;
  return makeLicenceKey({ scheme, content, values, issuer: issuerFrom({ account, privatePems: by.privatePems }) });
}

/** Licence keys that are refused, and how. */
export async function makeBadKeys(keys: VectorKeys): Promise<BadText[]> {
  const signed = await makeKey({ keys, scheme: 'ED25519_SIGN' });
  const older = await makeKey({ keys, scheme: 'RSA_2048_PKCS1_SIGN' });
  const encrypted = await makeKey({ keys, scheme: 'RSA_2048_PKCS1_ENCRYPT' });
  const jwt = await makeKey({ keys, scheme: 'RSA_2048_JWT_RS256' });
  const plain = await makeKey({ keys, scheme: null });
  const { other, other_account: account } = keys;
  const changed = (text: string) => `${text.slice(0, -30)}${text.at(-30) === 'A' ? 'B' : 'A'}${text.slice(-29)}`;
  return [
    { name: 'without padding', code: 'keygen-key-unpadded', text: signed.replaceAll('=', '') },
    { name: 'older, without padding', code: 'keygen-key-unpadded', text: older.replaceAll('=', '') },
    { name: 'encrypted, without padding', code: 'keygen-key-unpadded', text: encrypted.replaceAll('=', '') },
    { name: 'in the other alphabet', code: 'keygen-key-alphabet', facts: { found: '+' }, text: signed.replace(/.=*$/, '+==') },
    { name: 'encrypted, in the other alphabet', code: 'keygen-key-alphabet', text: `/${encrypted.slice(1)}` },
    { name: 'a character that no key has', code: 'keygen-key-alphabet', facts: { found: '*' }, text: `key/*${signed.slice(5)}` },
    { name: 'cut in its dataset', code: 'keygen-key-cut', text: signed.slice(0, 60) },
    { name: 'cut at the dot', code: 'keygen-key-cut', text: signed.slice(0, signed.indexOf('.') + 1) },
    { name: 'cut in its signature', code: 'keygen-key-cut', text: older.slice(0, -44) },
    { name: 'something behind it', code: 'keygen-key-cut', text: `${signed}.AAAA` },
    { name: 'plain, cut', code: 'keygen-key-cut', text: plain.slice(0, 20) },
    { name: 'plain, in lower case', code: 'keygen-key-unreadable', text: plain.toLowerCase() },
    { name: 'JWT, cut in its signature', code: 'keygen-key-cut', text: jwt.slice(0, -20) },
    { name: 'an activation code', code: 'keygen-key-unreadable', text: '7KQ2M-XW9PD-4HTRB-YCV6N' },
    { name: 'a word', code: 'keygen-key-unreadable', text: 'licence' },
    { name: 'changed', code: 'keygen-key-not-authentic', text: changed(signed) },
    { name: 'encrypted, changed', code: 'keygen-key-not-authentic', text: changed(encrypted) },
    {
      name: 'of another issuer',
      code: 'keygen-key-of-another-issuer',
      facts: { account },
      text: await makeKey({ keys, scheme: 'ED25519_SIGN', by: other, account }),
    },
    {
      name: 'JWT, of another issuer',
      code: 'keygen-key-of-another-issuer',
      facts: { account },
      text: await makeKey({ keys, scheme: 'RSA_2048_JWT_RS256', by: other, account }),
    },
    {
      name: 'of another issuer, in our name',
      code: 'keygen-key-not-authentic',
      text: await makeKey({ keys, scheme: 'ED25519_SIGN', by: other }),
    },
    {
      name: 'encrypted, of another issuer',
      code: 'keygen-key-not-authentic',
      text: await makeKey({ keys, scheme: 'RSA_2048_PKCS1_ENCRYPT', by: other, account }),
    },
  ];
}
