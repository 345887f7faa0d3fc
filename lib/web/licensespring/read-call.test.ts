import { expect, test, vi } from 'vitest';
import { readCall } from './read-call';

const url = 'http://localhost/api/v4/activate_offline';
const text = 'eyJh';
const bytes = new TextEncoder().encode(text);

function posting(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request(url, { method: 'POST', body, headers, ...({ duplex: 'half' } as object) });
}

function form(...parts: readonly [string, string | Blob][]): FormData {
  const made = new FormData();
  for (const [name, value] of parts) made.append(name, value);
  return made;
}

test('the file is the body, or the part file, or else the part data', async () => {
  expect(await readCall(posting(text, { 'content-type': 'text/plain' }))).toEqual(bytes);
  expect(await readCall(posting(form(['file', new Blob([text])], ['data', 'other'])))).toEqual(bytes);
  expect(await readCall(posting(form(['data', text])))).toEqual(bytes);
});

test.each([
  ['no body', null, 'missing'],
  ['an empty body', '', 'missing'],
  ['a body of white space', ' \r\n', 'empty'],
  ['a form without a file', form(['other', text]), 'missing'],
  ['a form with an empty file', form(['file', new Blob([])]), 'empty'],
  ['a body of 64 KiB and a byte', 'A'.repeat(65_537), 'too-large'],
  ['a body of 10 MB', 'A'.repeat(10_000_000), 'too-large'],
] as const)('%s is none', async (_, body, found) => {
  expect(await readCall(posting(body))).toBe(found);
});

test('what says it is a form and is none has no file', async () => {
  expect(await readCall(posting(text, { 'content-type': 'multipart/form-data; boundary=x' }))).toBe('missing');
  expect(await readCall(posting(text, { 'content-type': 'multipart/form-data' }))).toBe('missing');
});

test('a body that keeps waiting is given up', async () => {
  vi.useFakeTimers();
  const waiting = readCall(posting(new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes) })));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await waiting).toBe('too-slow');
  vi.useRealTimers();
});

test('a body that breaks off is none', async () => {
  const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('gone')) });
  expect(await readCall(posting(broken))).toBe('missing');
});
