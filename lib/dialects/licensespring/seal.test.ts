import { afterEach, expect, test, vi } from 'vitest';
import { signaturesMade } from '@/lib/signing/background-signer';
import { licenceDetails } from './licence-details';
import { sealReply } from './seal';
import { signedText } from './sign-text';
import { makeReplies } from './testing/make-replies';
import { hmacByOpenssl, isSignedForOpenssl } from './testing/openssl';
import { issuerOfVectors, readableVault, readGoodVectors, readReplyVectors, readVectorKeys } from './testing/read-vectors';
import { DATE, LICENCE_KEY } from './testing/sample-members';
import { sampleDetails, sampleReply } from './testing/sample-replies';
import type { Members } from './testing/vector';

const keys = readVectorKeys();
const vectors = readReplyVectors();
const SEALING = { licenseSpring: async () => issuerOfVectors(keys), vault: readableVault };

afterEach(() => {
  vi.useRealTimers();
});

function contentOf(file: string): Record<string, unknown> {
  expect(file).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
  return JSON.parse(Buffer.from(file, 'base64').toString('utf8'));
}

function without(members: Members, ...names: string[]): string {
  return JSON.stringify(Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name))));
}

function isSigned(text: string, signature: unknown): boolean {
  return isSignedForOpenssl(keys.public_key_pem, text, String(signature));
}

/** Asks openssl of the signatures of one answer, with the texts put together here from the answer alone. */
function checkSignatures(reply: Members, rule: 'activation' | 'refresh'): void {
  const identity = String(reply.license_key ?? reply.username);
  const licence = `${reply.hardware_id}#${identity.split('|')[0]}#${reply.validity_period ?? ''}`.toLowerCase();
  expect(isSigned(licence, reply.license_signature)).toBe(true);

  const ofActivation = without(reply, 'license_signature', 'license_signature_v2');
  const ofRefresh = without(reply, 'license_signature_v2');
  expect(isSigned(ofActivation, reply.license_signature_v2)).toBe(rule === 'activation');
  expect(isSigned(ofRefresh, reply.license_signature_v2)).toBe(rule === 'refresh');

  const [client, secret] = 'username' in reply ? [keys.client_id, keys.client_secret] : [keys.api_key, keys.shared_key];
  const lines = `licenseSpring\ndate: ${reply.date}\n${identity}\n${reply.hardware_id}\n${client}`;
  expect(hmacByOpenssl(secret, lines).toString('base64')).toBe(reply.offline_signature);
}

test('the signing example: openssl makes the same signature of the five lines', () => {
  const text = signedText({ date: DATE, identity: LICENCE_KEY, hardwareId: 'b7f4-51c2-PRESS-7', clientId: keys.api_key });
  const vector = readGoodVectors().find(({ name }) => name === 'v1, licence key, api key');
  const signed = vector !== undefined && 'file' in vector ? contentOf(vector.file).signature : null;
  expect(hmacByOpenssl(keys.shared_key, text).toString('base64')).toBe(signed);
});

test('openssl makes the same signature around the inner object of version 2', () => {
  const vector = readGoodVectors().find(({ name }) => name === 'v2, hexadecimal around base64');
  const { request, signature } = vector !== undefined && 'file' in vector ? contentOf(vector.file) : {};
  expect(hmacByOpenssl(keys.shared_key, JSON.stringify(request)).toString('hex')).toBe(signature);
});

test('the answers on paper are the ones that sealing writes', async () => {
  expect(await makeReplies(keys)).toEqual(vectors);
});

test.each(vectors.filter(({ rule }) => rule !== 'bundle').map((vector) => [vector.name, vector] as const))(
  'openssl takes the three signatures of %s, under the rule of its kind and not of the other',
  (_, { file, file_name, rule }) => {
    expect(file_name).toBe(rule === 'refresh' ? 'license_refresh.lic' : 'ls_activation.lic');
    checkSignatures(contentOf(file), rule === 'refresh' ? 'refresh' : 'activation');
  },
);

test('a bundle holds whole answers, and openssl takes its signature over all of them', () => {
  const bundle = contentOf(vectors.find(({ rule }) => rule === 'bundle')?.file ?? '');
  expect(Object.keys(bundle)).toEqual(['licenses', 'bundle_signature_v2']);
  expect(isSigned(without(bundle, 'bundle_signature_v2'), bundle.bundle_signature_v2)).toBe(true);
  const licenses: unknown = bundle.licenses;
  expect(licenses).toHaveLength(2);
  for (const licence of Array.isArray(licenses) ? licenses : []) checkSignatures(licence, 'activation');
});

test('a byte of an answer that is another is not taken', () => {
  const reply = contentOf(vectors[0]?.file ?? '');
  const signed = without({ ...reply, max_activations: 6 }, 'license_signature', 'license_signature_v2');
  expect(isSigned(signed, reply.license_signature_v2)).toBe(false);
});

test('an answer carries all that the format names, and no number in it is broken', () => {
  const names = Object.keys(contentOf(vectors[0]?.file ?? ''));
  const sealed = [
    'license_key',
    'hardware_id',
    'request',
    'date',
    'offline_signature',
    'license_signature',
    'license_signature_v2',
  ];
  expect(names).toEqual([...Object.keys(sampleDetails(1)).filter((name) => name !== 'user'), ...sealed]);
  const broken = (change: object) => licenceDetails.safeParse({ ...sampleDetails(1), ...change }).success;
  expect(broken({})).toBe(true);
  for (const change of [{ metadata: { price: 1.5 } }, { id: 1.5 }, { id: 2 ** 53 }, { validity_period: '2026-08-29' }])
    expect(broken(change)).toBe(false);
});

test('every signature of an answer is made on the thread that signs', async () => {
  const before = signaturesMade();
  await sealReply(sampleReply(keys), SEALING);
  expect(signaturesMade() - before).toBe(2);
});

test('answers that wait for one another are signed with rests between, and one that comes alone is not held up', async () => {
  // Rests last for as long as this clock stands still.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await sealReply(sampleReply(keys), SEALING);
  expect(vi.getTimerCount()).toBe(0);
  const sealed = Array.from({ length: 3 }, () => sealReply(sampleReply(keys), SEALING));
  const rests: number[] = [];
  for (const answer of sealed) {
    await answer;
    rests.push(vi.getTimerCount());
    vi.advanceTimersToNextTimer();
  }
  expect(rests).toEqual([1, 1, 0]);
});
