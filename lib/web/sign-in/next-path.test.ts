import { expect, test } from 'vitest';
import { nextPath } from './next-path';

test.each(['/exchange', '/entitlements/7?tab=history', '/a%2Fb', '/sign-ins', '/apiary'])('leads on to %s', (path) => {
  expect(nextPath(path)).toBe(path);
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'exchange',
  '@evil.example',
  '/\u0000',
  `/${'a'.repeat(600)}`,
  '/api/auth/sign-out',
  '/sign-in',
  '/sign-in?next=/sign-in',
  '',
  undefined,
  null,
  7,
  ['/exchange'],
])('never leads to another site or round in circles: %j', (wanted) => {
  expect(nextPath(wanted)).toBe('/');
});
