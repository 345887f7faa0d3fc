import { expect, test } from 'vitest';
import { isFromThisSite } from './check-origin';

const PORTAL = 'https://portal.example.com';

function isAccepted(headers: Record<string, string>, method = 'POST'): boolean {
  return isFromThisSite({ method, headers: new Headers({ host: 'internal:3000', ...headers }) }, PORTAL);
}

test.each([
  ['a browser that says the page is ours', { 'sec-fetch-site': 'same-origin' }],
  ['a form without scripts under a strict referrer policy', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ['an older browser, behind a proxy that does not pass the host on', { origin: PORTAL }],
  ['an older browser that reached the portal by another name', { origin: 'http://internal:3000' }],
  ['a client that is no browser', {}],
])('accepts %s', (_, headers) => {
  expect(isAccepted(headers)).toBe(true);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['another site of the same domain', { 'sec-fetch-site': 'same-site', origin: 'https://shop.example.com' }],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ['an older browser on another site', { origin: 'https://evil.example' }],
  ['an older browser in a sandboxed frame', { origin: 'null' }],
  ['the same host on another port', { origin: 'http://internal:3001' }],
])('refuses %s', (_, headers) => {
  expect(isAccepted(headers)).toBe(false);
});

test('what changes nothing may come from anywhere', () => {
  expect(isAccepted({ 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(true);
});
