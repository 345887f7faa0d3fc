import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './password';

test('a password is known again, and another is not', async () => {
  const written = await hashPassword('pä55 wörd');
  expect(await isPassword('pä55 wörd', written)).toBe(true);
  expect(await isPassword('pä55 wörD', written)).toBe(false);
  expect(await isPassword('', written)).toBe(false);
});

test('the same password is written differently each time, and never in clear', async () => {
  const [one, other] = await Promise.all([hashPassword('same'), hashPassword('same')]);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^scrypt\$14\$8\$5\$/);
  expect(one).not.toContain('same');
});

test('a text that is no hash is a fault', async () => {
  await expect(isPassword('same', 'same')).rejects.toThrow('expected a hash');
});
