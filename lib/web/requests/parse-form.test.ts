import { expect, test } from 'vitest';
import { FIELDS_MAX, parseForm } from './parse-form';

const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`;
const form = (count: number) =>
  new TextEncoder().encode(`${Array.from({ length: count }, (_, index) => part(`f${index}`)).join('')}--b--\r\n`);

test.each([
  'multipart/form-data; boundary=b',
  'multipart/form-data;boundary="b"',
  'Multipart/Form-Data; charset=utf-8; boundary=b',
  ' multipart/form-data; boundary=b ',
])('a form of the type %j is read', async (type) => {
  expect((await parseForm(form(2), type))?.get('f1')).toBe('x');
});

test('a form that a browser makes is read, with its file', async () => {
  const made = new FormData();
  made.append('file', new Blob(['content']), 'näme.txt');
  made.append('text', 'ü');
  const posted = new Response(made);
  const type = posted.headers.get('content-type');
  const read = await parseForm(new Uint8Array(await posted.arrayBuffer()), type);
  expect(read?.get('text')).toBe('ü');
  expect(read?.get('file')).toMatchObject({ name: 'näme.txt', size: 7 });
});

test.each([
  ['no type', form(1), null],
  ['another type', form(1), 'application/json; boundary=b'],
  ['no boundary', form(1), 'multipart/form-data'],
  ['an empty boundary', form(1), 'multipart/form-data; boundary='],
  ['a boundary of 71 characters', form(1), `multipart/form-data; boundary=${'b'.repeat(71)}`],
  ['a type of a thousand characters', form(1), `multipart/form-data; boundary=b;${'x'.repeat(1000)}`],
  ['a form that is cut off', form(2).slice(0, -6), 'multipart/form-data; boundary=b'],
  ['more parts than any form has', form(FIELDS_MAX + 1), 'multipart/form-data; boundary=b'],
  ['nothing but boundaries', new TextEncoder().encode('--b'.repeat(80_000)), 'multipart/form-data; boundary=b'],
])('%s is none', async (_, bytes, type) => {
  expect(await parseForm(bytes, type)).toBeNull();
});

test('as many fields as there may be are read', async () => {
  expect([...((await parseForm(form(FIELDS_MAX), 'multipart/form-data; boundary=b')) ?? [])]).toHaveLength(FIELDS_MAX);
});
