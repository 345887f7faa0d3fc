import { expect, test } from 'vitest';
import { generateActivationCode, lastFour } from '@/lib/signing/activation-code';
import { maskSecrets } from './open-token';

test('an activation code shows its last four characters and nothing else, wherever it stands', () => {
  const code = generateActivationCode();
  const masked = maskSecrets({ activation_code: code, ext: { copy: code, list: [code.toLowerCase(), 7] }, product: 'studio' });
  const mask = `•••• ${lastFour(code)}`;
  expect(masked).toEqual({ activation_code: mask, ext: { copy: mask, list: [mask, 7] }, product: 'studio' });
});

test.each([['12345678901'], [7], [null], [{ code: 'x' }]])(
  'what stands in the place of a code is hidden as well: %j',
  (value) => {
    expect(maskSecrets({ activation_code: value })).toEqual({ activation_code: '••••' });
  },
);
