import type { KeyPair } from '@/lib/signing/key-pair';
import { EVERY_SMALL_X25519, okpCoordinate, SMALL_ED25519 } from '@/lib/signing/testing/small-points';
import { forgeJws } from './forge';
import { travelled } from './good-requests';
import { nameOfEd25519, signedWithoutKey } from './keys-that-prove-nothing';
import { REQUEST_HEADERS, sampleRefresh, sampleRequest, sampleResponse } from './sample-claims';
import type { BadVector, Case, GoodVector, Recipe } from './vector';
import { algOf, makeToken, payloadDigest, wrap } from './vector';
import type { VectorKeys } from './vector-keys';
import { certifyFor } from './vector-keys';

function replyHeader(kind: 'activation-response' | 'refresh', signing: KeyPair & { certificate: string }) {
  return { alg: algOf(signing), typ: `${kind}+jwt`, kid: signing.kid, key_cert: signing.certificate };
}

function refreshRecipe(keys: VectorKeys): Recipe & { readonly jwsHeader: object } {
  return {
    kind: 'refresh',
    claims: sampleRefresh(keys.device, keys),
    signing: keys.signing,
    recipient: keys.device.exchange,
    jwsHeader: replyHeader('refresh', keys.signing),
  };
}

function responseRecipe(keys: VectorKeys): Recipe {
  const jwsHeader = replyHeader('activation-response', keys.signing);
  return { ...refreshRecipe(keys), kind: 'activation-response', claims: sampleResponse(keys.device, keys), jwsHeader };
}

/** Responses and refreshes that the device of the vectors opens; `p256` ones are for the other device. */
export function makeGoodReplies(keys: VectorKeys): GoodVector[] {
  const make = (name: string, recipe: Recipe, headers: readonly string[] = REQUEST_HEADERS): GoodVector => {
    const label = recipe.kind === 'refresh' ? 'REFRESH' : 'ACTIVATION RESPONSE';
    const file = wrap({ label, headers, token: makeToken(recipe) });
    return { name, kind: recipe.kind, file, claims: recipe.claims, payload_digest: payloadDigest(recipe.claims) };
  };
  const response = make('response', responseRecipe(keys));
  const { ext: _, ...unnamed } = sampleRefresh(keys.device, keys);
  const { customer: _customer, ...ofNobody } = sampleResponse(keys.device, keys);
  const p256 = { signing: keys.signing_p256, recipient: keys.device_p256.exchange };
  const p256Claims = sampleRefresh(keys.device_p256, keys);
  return [
    response,
    ...Object.entries(travelled('file' in response ? response.file : '')).map(([how, file]) => ({
      ...response,
      name: `response: ${how}`,
      file,
    })),
    { ...response, name: 'response: bare token', file: makeToken(responseRecipe(keys)) },
    make('response: without the customer', { ...responseRecipe(keys), claims: ofNobody }),
    make('refresh', refreshRecipe(keys)),
    make('refresh: without the name of the device', { ...refreshRecipe(keys), claims: unnamed }, [
      'Format: 1',
      `Device: ${keys.device.signing.kid}`,
      ...REQUEST_HEADERS.slice(2),
    ]),
    make('refresh: P-256', {
      ...refreshRecipe(keys),
      ...p256,
      claims: p256Claims,
      jwsHeader: replyHeader('refresh', keys.signing_p256),
    }),
  ];
}

async function certificates(keys: VectorKeys): Promise<Case[]> {
  const { root, other_root, signing, signing_p256 } = keys;
  const header = replyHeader('refresh', signing);
  const certified = async (certificate: Promise<string> | string): Promise<Partial<Recipe>> => ({
    jwsHeader: { ...header, key_cert: await certificate },
  });
  const ended = certifyFor(root.privateJwk, signing, { expiresAt: new Date('2026-09-01T00:00:00Z') });
  const { key_cert: _, ...none } = header;
  const code = 'answer-key-not-certified';
  return [
    ['certificate: none', code, null, { jwsHeader: none }],
    ['certificate: under another root', code, null, await certified(certifyFor(other_root.privateJwk, signing))],
    ['certificate: of another vendor', code, null, await certified(certifyFor(root.privateJwk, signing, { vendorId: 'other' }))],
    ['certificate: ended before the reply was signed', code, null, await certified(ended)],
    [
      'certificate: changed',
      code,
      null,
      await certified(signing.certificate.replace(/.(?=.{10}$)/, (found) => (found === 'A' ? 'B' : 'A'))),
    ],
    [
      'certificate: of another key than kid',
      'token-header-refused',
      { member: 'kid' },
      await certified(signing_p256.certificate),
    ],
    ['certificate: of a key of small order, under which the signature holds', code, null, ofCertifiedSmallOrder(keys)],
    ['signed by another key than the certified one', 'token-not-authentic', null, { signing: other_root }],
  ];
}

/** A refresh that nobody signed, under a key of small order that the root certified. */
function ofCertifiedSmallOrder(keys: VectorKeys): Partial<Recipe> {
  const [x = ''] = SMALL_ED25519.slice(4);
  const kid = nameOfEd25519(x);
  const { root } = keys;
  const key_cert = forgeJws({
    header: { alg: algOf(root), typ: 'signing-key+jwt', kid: root.kid },
    payload: {
      ...{ iss: 'acme-motion', sub: kid, jwk: { kty: 'OKP', crv: 'Ed25519', x } },
      ...{ nbf: Date.parse('2026-01-01T00:00:00Z') / 1000, exp: Date.parse('2036-01-01T00:00:00Z') / 1000, use: 'reply' },
    },
    privateJwk: root.privateJwk,
  });
  const good = sampleRefresh(keys.device, keys);
  return signedWithoutKey({
    x,
    header: { alg: 'Ed25519', typ: 'refresh+jwt', kid, key_cert },
    claims: (n) => ({ ...good, ext: { ...good.ext, n } }),
  });
}

function contents(keys: VectorKeys): Case[] {
  const good = sampleRefresh(keys.device, keys);
  const claims = (change: object): Partial<Recipe> => ({ claims: { ...good, ...change } });
  const refused = 'claims-refused';
  return [
    ['to another device', 'answer-for-another-device', null, { recipient: keys.device_unknown.exchange }],
    ['aud of another device', 'answer-for-another-device', null, claims({ aud: keys.device_unknown.signing.kid })],
    ['iss of another vendor', 'vendor-differs', null, claims({ iss: 'other' })],
    ['of a later version', 'format-version-unknown', { found: '2' }, claims({ v: 2 })],
    [
      'a lease that ends before it starts',
      refused,
      { problem: 'lease' },
      claims({ lease: { ...good.lease, starts_at: good.exp + 1 } }),
    ],
    [
      'grace that ends before the lease',
      refused,
      { problem: 'lease' },
      claims({ lease: { ...good.lease, grace_ends_at: good.exp - 1 } }),
    ],
    ['exp that is not the lease end', refused, { problem: 'lease' }, claims({ exp: good.exp + 1 })],
    ['an unknown member', refused, { problem: 'unlimited' }, claims({ unlimited: true })],
    ['a refresh that answers a request', refused, { problem: 'in_response_to' }, claims({ in_response_to: good.jti })],
    ['a customer without a name', refused, { problem: 'customer.name' }, claims({ customer: {} })],
    ['a customer that is null', refused, { problem: 'customer' }, claims({ customer: null })],
    ['no lease', refused, { problem: 'lease' }, claims({ lease: undefined })],
    ...EVERY_SMALL_X25519.slice(0, 10).map(
      (x, index): Case => [
        `an exchange key of small order, ${index + 1} of 10`,
        refused,
        { problem: 'exchange_jwk' },
        claims({ exchange_jwk: { kty: 'OKP', crv: 'X25519', x } }),
      ],
    ),
    [
      'an exchange key whose coordinate is not reduced',
      refused,
      { problem: 'exchange_jwk' },
      claims({ exchange_jwk: { kty: 'OKP', crv: 'X25519', x: okpCoordinate(2n ** 255n - 10n) } }),
    ],
  ];
}

/** Answers that the device refuses to open. */
export async function makeBadReplies(keys: VectorKeys): Promise<BadVector[]> {
  const good = refreshRecipe(keys);
  const cases = [...(await certificates(keys)), ...contents(keys)];
  const { in_response_to: _, ...answersNothing } = sampleResponse(keys.device, keys);
  const response = makeToken({ ...responseRecipe(keys), claims: answersNothing });
  const { device } = keys;
  const request = makeToken({
    kind: 'activation-request',
    claims: sampleRequest(device),
    signing: device.signing,
    recipient: device.exchange,
  });
  const wrapped = (label: string, token: string) => wrap({ label, headers: REQUEST_HEADERS, token });
  const refresh = wrapped('REFRESH', makeToken(good));
  return [
    ...cases.map(([name, code, facts, change]) => {
      const file = wrapped('REFRESH', makeToken({ ...good, ...change }));
      return { name, code, ...(facts === null ? {} : { facts }), file };
    }),
    {
      name: 'a response to nothing',
      code: 'claims-refused',
      facts: { problem: 'in_response_to' },
      file: wrapped('ACTIVATION RESPONSE', response),
    },
    {
      name: 'a refresh labelled as a response',
      code: 'file-headers-differ',
      facts: { header: 'BEGIN' },
      file: wrapped('ACTIVATION RESPONSE', makeToken(good)),
    },
    { name: 'a request', code: 'answer-is-a-request', file: wrapped('ACTIVATION REQUEST', request) },
    { name: 'a request as a bare token', code: 'answer-is-a-request', file: request },
    {
      name: 'another device name on top',
      code: 'file-headers-differ',
      facts: { header: 'Device' },
      file: refresh.replace('line 7', 'line 8'),
    },
    { name: 'cut short', code: 'file-cut-short', file: refresh.slice(0, 900) },
    { name: 'empty', code: 'file-empty', file: '' },
    { name: 'two blocks', code: 'file-has-two-blocks', file: refresh + refresh },
  ];
}
