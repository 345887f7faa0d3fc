import { expect, test } from 'vitest';
import { DialectError } from '../dialect';
import { licenseSpringDialect } from './dialect';
import { makeBadRequests } from './testing/bad-requests';
import { makeGoodRequests } from './testing/good-requests';
import { portalOfVectors, readBadVectors, readGoodVectors, readVectorKeys } from './testing/read-vectors';
import type { Coming, VectorFile } from './testing/vector';
import { bytesOf } from './testing/vector';

const keys = readVectorKeys();
const portal = portalOfVectors(keys);

function upload(vector: VectorFile & Coming) {
  const { file_name, kind_asked } = vector;
  return { name: file_name ?? null, bytes: bytesOf(vector), ...(kind_asked === undefined ? {} : { kindAsked: kind_asked }) };
}

async function refusalOf(vector: VectorFile & Coming): Promise<object> {
  try {
    return { opened: await licenseSpringDialect.open(upload(vector), portal) };
  } catch (error) {
    if (error instanceof DialectError) return error.rejection;
    throw error;
  }
}

test('the files on paper are the ones that the generator writes', () => {
  expect(readGoodVectors()).toEqual(makeGoodRequests(keys));
  expect(readBadVectors()).toEqual(makeBadRequests(keys));
});

test.each(readGoodVectors().map((vector) => [vector.name, vector] as const))('%s: opens', async (_, vector) => {
  expect(licenseSpringDialect.detect(new TextDecoder().decode(upload(vector).bytes))).toBe(true);
  const opened = await licenseSpringDialect.open(upload(vector), portal);
  expect(opened).toMatchObject({
    dialect: 'licensespring',
    kind: vector.kind,
    details: { schema: vector.schema },
    ...vector.opens_as,
  });
  expect(opened.issuedAt).toEqual(new Date('2025-08-29T07:22:37Z'));
});

test.each(readBadVectors().map((vector) => [vector.name, vector.code, vector] as const))('%s: %s', async (_, code, vector) => {
  expect(await refusalOf(vector)).toMatchObject({ code, ...(vector.facts === undefined ? {} : { facts: vector.facts }) });
});

test('every code of this format has a file that gets it', () => {
  const seen = new Set(readBadVectors().map(({ code }) => code));
  const own = [
    'file-not-base64',
    'file-json-refused',
    'file-identity-missing',
    'file-field-missing',
    'file-field-refused',
    'file-client-unknown',
    'file-client-not-for-product',
    'file-inner-signature-differs',
    'file-schema-too-old',
    'file-kind-unclear',
    'file-kind-unsigned',
    'file-kind-differs',
  ];
  expect(own.filter((code) => !seen.has(code))).toEqual([]);
});
