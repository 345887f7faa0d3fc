import { expect, test } from 'vitest';
import { readAcceptSignature } from './accept-signature';

const account = '7f0c2f5e-6b1d-4c52-9b0e-0d4f3a1c2b4d';

test.each([
  [null, 'ed25519'],
  ['algorithm="ed25519"', 'ed25519'],
  ['algorithm="rsa-pss-sha256"', 'rsa-pss-sha256'],
  [' algorithm="rsa-sha256" ', 'rsa-sha256'],
  [`keyid="${account}",algorithm="ecdsa-p256", headers="(request-target) host date digest"`, 'ecdsa-p256'],
  [`keyid="${account}"`, 'ed25519'],
])('%j asks for %s', (header, algorithm) => {
  expect(readAcceptSignature(header, account)).toEqual({ algorithm });
});

test.each([
  ['keyid="11111111-2222-4333-8444-555555555555", algorithm="ed25519"', 'keygen-account-differs'],
  ['algorithm="hs256"', 'keygen-algorithm-unknown'],
  ['algorithm=""', 'keygen-algorithm-unknown'],
  ['algorithm="ED25519"', 'keygen-algorithm-unknown'],
  ['', 'keygen-accept-signature-refused'],
  ['ed25519', 'keygen-accept-signature-refused'],
  ['algorithm=ed25519', 'keygen-accept-signature-refused'],
  ['algorithm="ed25519', 'keygen-accept-signature-refused'],
  ['algorithm="ed25519";keyid="x"', 'keygen-accept-signature-refused'],
  ['algorithm="ed25519", algorithm="rsa-sha256"', 'keygen-accept-signature-refused'],
  ['algorithm="ed25519", created="1"', 'keygen-accept-signature-refused'],
  ['__proto__="x"', 'keygen-accept-signature-refused'],
  [`algorithm="${'x'.repeat(1000)}"`, 'keygen-accept-signature-refused'],
])('%j is refused: %s', (header, code) => {
  expect(readAcceptSignature(header, account)).toMatchObject({ rejection: { code } });
});
