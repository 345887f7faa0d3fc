import { expect, test } from 'vitest';
import { splitFile } from './file-text';

const FILE = '-----BEGIN REFRESH-----\nFormat: 1\nDevice: A\n\neyJ\nabc\n-----END REFRESH-----\n';

test.each([
  ['a plain file', FILE, ['armour', 'headers', 'body', 'armour']],
  ['a file in a mail', `Hello,\n\n${FILE}\nBest regards`, ['around', 'armour', 'headers', 'body', 'armour', 'around']],
  ['a quoted file', FILE.replaceAll(/^(?=.)/gm, '> '), ['armour', 'headers', 'body', 'armour']],
  ['a bare token', 'eyJ.a.b', ['body']],
  ['a file that breaks off', FILE.slice(0, 60), ['armour', 'headers', 'body']],
  ['nothing', '', ['body']],
])('%s is taken apart, and nothing is lost', (_, text, kinds) => {
  const parts = splitFile(text);
  expect(parts.map(({ kind }) => kind)).toEqual(kinds);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});
