import { CREATED, REQUEST_HEADERS, sampleProof, sampleRequest } from './sample-claims';
import type { GoodVector, Recipe } from './vector';
import { makeToken, payloadDigest, wrap } from './vector';
import type { VectorKeys } from './vector-keys';

/** The ways in which one and the same file may have travelled. */
export function travelled(text: string): Record<string, string> {
  const lines = text.trimEnd().split('\n');
  const flowing = text.replaceAll('\n\n', '\n').trim();
  return {
    'line ends are CRLF': text.replaceAll('\n', '\r\n'),
    'a byte order mark stands before it': `\uFEFF${text}`,
    're-wrapped at 40, header lines too': (flowing.replaceAll('\n', ' ').match(/.{1,40}(?: |$)|.{1,40}/g) ?? []).join('\n'),
    'all lines joined with spaces': flowing.replaceAll('\n', ' '),
    'all lines joined with nothing between': text.replaceAll('\n', ''),
    'quoted in a mail': lines.map((line) => `> ${line}`).join('\n'),
    'quoted three times over, with CRLF': lines.map((line) => `> >> ${line}`).join('\r\n'),
    'indented, with blank lines between': lines.map((line) => `\t  ${line}  `).join('\n\n'),
    'text before and after': `Hello,\n\nhere is the file from the machine -- thanks!\n\n${text}\n--\nA. Person\n+49 30 1234\n`,
    'inside a signed mail': `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text}\n-----END PGP SIGNATURE-----\n`,
    'no line end at the end': text.trimEnd(),
  };
}

type Change = Partial<Recipe> & { readonly headers?: readonly string[] };

function makeGood(good: Recipe, name: string, change: Change = {}): GoodVector {
  const recipe = { ...good, ...change };
  const label = recipe.kind === 'deactivation' ? 'DEACTIVATION PROOF' : 'ACTIVATION REQUEST';
  const file = wrap({ label, headers: change.headers ?? REQUEST_HEADERS, token: makeToken(recipe) });
  return { name, kind: recipe.kind, file, claims: recipe.claims, payload_digest: payloadDigest(recipe.claims) };
}

/** One and the same request, in every shape it may arrive in. */
function oneRequest(good: Recipe): GoodVector[] {
  const token = makeToken(good);
  const plain = wrap({ label: 'ACTIVATION REQUEST', headers: REQUEST_HEADERS, token });
  const quoted = (token.match(/.{1,60}/g) ?? []).map((line) => `> ${line}`).join('\n');
  const same = { kind: good.kind, claims: good.claims, payload_digest: payloadDigest(good.claims) };
  return [
    { name: 'request', file: plain, ...same },
    ...Object.entries(travelled(plain)).map(([how, file]) => ({ name: `request: ${how}`, file, ...same })),
    { name: 'request: bare token', file: token, ...same },
    { name: 'request: bare token, wrapped and quoted', file: quoted, ...same },
  ];
}

/** Requests that say different things. */
function otherRequests(keys: VectorKeys, good: Recipe): GoodVector[] {
  const claims = sampleRequest(keys.device);
  const p256 = { ...sampleRequest(keys.device_p256), jti: '0198f3f0-5b1e-7c3a-9f60-aaaaaaaaaaaa' };
  const full = {
    ...claims,
    entitlement: '0198f3ef-1111-7222-8333-444455556666',
    requested_lease: 'P30D',
    device: { ...claims.device, hostname: 'press-7.plant.example', app_version: '4.2.0-beta.1' },
    ext: { site: { hall: 3, cells: ['a', 'b'] } },
  };
  const name = 'Prüfstand 第3号機 – Zürich 🛠️';
  const named = ['Format: 1', `Device: ${name}`, ...REQUEST_HEADERS.slice(2)];
  const decadeAgo = [...REQUEST_HEADERS.slice(0, 3), 'Created: 2016-09-16T04:26:40Z'];
  const withKid = { jwsHeader: { alg: 'Ed25519', kid: claims.iss, typ: 'activation-request+jwt' } };
  const fromP256 = { claims: p256, signing: keys.device_p256.signing };
  return [
    makeGood(good, 'request: its JWS names the key as well', withKid),
    makeGood(good, 'request: every optional claim', { claims: full }),
    makeGood(good, 'request: Unicode in the name', { claims: { ...claims, device: { ...claims.device, name } }, headers: named }),
    makeGood(good, 'request: a clock ten years behind', { claims: { ...claims, iat: 1_474_000_000 }, headers: decadeAgo }),
    makeGood(good, 'request: P-256 device to a P-256 exchange key', { ...fromP256, recipient: keys.exchange_p256 }),
    makeGood(good, 'request: P-256 device to an X25519 exchange key', fromP256),
    makeGood(good, 'request: to an exchange key that is being retired', { recipient: keys.exchange_retiring }),
  ];
}

function goodProofs(keys: VectorKeys, good: Recipe): GoodVector[] {
  const claims = sampleProof(keys.device);
  const { v, iss, aud, iat, jti, sub } = claims;
  const proof: Recipe = { ...good, kind: 'deactivation', claims };
  const plain = ['Format: 1', `Device: ${iss}`, CREATED];
  const { signing } = keys.device_p256;
  return [
    makeGood(proof, 'proof'),
    makeGood(proof, 'proof: nothing optional in it', {
      claims: { v, iss, aud, iat, jti, sub, lease_sequence: 1 },
      headers: plain,
    }),
    makeGood(proof, 'proof: by a P-256 device', { claims: { ...claims, iss: signing.kid }, signing }),
  ];
}

/** Requests and proofs that open. */
export function makeGoodRequests(keys: VectorKeys): GoodVector[] {
  const { device, exchange } = keys;
  const good: Recipe = {
    kind: 'activation-request',
    claims: sampleRequest(device),
    signing: device.signing,
    recipient: exchange,
  };
  return [...oneRequest(good), ...otherRequests(keys, good), ...goodProofs(keys, good)];
}
