import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBadFiles } from './bad-files';
import { makeBadTokens } from './bad-tokens';
import { makeGoodRequests } from './good-requests';
import { makeBadReplies, makeGoodReplies } from './replies';
import type { VectorKeys } from './vector-keys';
import { makeVectorKeys } from './vector-keys';

/*
 * Writes docs/formats/native-vectors. Keys that are there are kept; tokens are made anew, since encryption is never twice the same.
 * Run with: npx tsx lib/dialects/native/testing/write-vectors.ts
 */
const folder = join(import.meta.dirname, '../../../../docs/formats/native-vectors');

function write(name: string, value: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

async function keysOfVectors(): Promise<VectorKeys> {
  const path = join(folder, 'keys.json');
  if (!existsSync(path)) write('keys.json', await makeVectorKeys());
  const keys: VectorKeys = JSON.parse(readFileSync(path, 'utf8'));
  return keys;
}

mkdirSync(folder, { recursive: true });
const keys = await keysOfVectors();
write('requests-good.json', { vectors: makeGoodRequests(keys) });
write('requests-bad.json', { vectors: [...makeBadFiles(keys), ...makeBadTokens(keys)] });
write('replies-good.json', { vectors: makeGoodReplies(keys) });
write('replies-bad.json', { vectors: await makeBadReplies(keys) });
