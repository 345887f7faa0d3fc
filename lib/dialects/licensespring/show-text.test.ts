import { expect, test } from 'vitest';
import { showText } from './show-text';

const show = (content: unknown) =>
  showText({ bytes: new TextEncoder().encode(Buffer.from(JSON.stringify(content)).toString('base64')) });

test('masks keys, user names and passwords wherever they stand, also in the answers of a bundle', () => {
  const secrets = { license_key: 'GPEP-TVVW-J3ZZ-M2VM', username: 'ann@example.com|7', password: 'correct horse' };
  for (const content of [secrets, { request: secrets, signature: 'A' }, { licenses: [secrets, secrets] }]) {
    const text = show({ ...content, hardware_id: 'press-1' });
    for (const secret of ['GPEP-TVVW', 'correct horse', 'ann@']) expect(text).not.toContain(secret);
    expect(text).toContain('M2VM');
    expect(text).toContain('press-1');
  }
});

test('shows nothing of a file that is damaged, for a key may be anywhere in it', () => {
  expect(showText({ bytes: new TextEncoder().encode('eyJsaWNlbnNlX2tleSI6IkdQRVAtVFZ') })).toBe('');
  expect(show(['GPEP-TVVW-J3ZZ-M2VM'])).toBe('');
});
