import { expect, test } from 'vitest';
import { readForm } from './read-form';

const FORM = 'application/x-www-form-urlencoded';

function post(body: BodyInit | null, type: string | null = FORM): Request {
  return new Request('http://portal/', { method: 'POST', body, headers: type === null ? {} : { 'content-type': type } });
}

test('reads a form, of a field that came twice the first', async () => {
  const result = await readForm(post('email=a%40b&code=1+2&code=3&empty=', `${FORM}; charset=UTF-8`));
  expect(result.ok && Object.fromEntries(result.value)).toEqual({ email: 'a@b', code: '1 2', empty: '' });
});

test('a form without a body has no fields', async () => {
  const result = await readForm(post(null));
  expect(result.ok && result.value.size).toBe(0);
});

test.each([
  ['another content type', post('{}', 'application/json')],
  ['no content type', post(new Uint8Array([1]), null)],
  ['a form with files', post(new FormData(), null)],
  ['a body over 16 KiB', post(`a=${'x'.repeat(16 * 1024)}`)],
  ['more fields than any form has', post('a&'.repeat(1001))],
  ['a NUL character', post('email=a%00b')],
  [
    'a body that breaks off',
    new Request('http://portal/', {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) }),
      duplex: 'half',
    } as RequestInit),
  ],
])('refuses %s', async (_, request) => {
  expect(await readForm(request)).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
});
