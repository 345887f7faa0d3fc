import { expect, test } from 'vitest';
import { openBoundedLog } from '../faults/bounded-log';
import { boundConsole } from './bound-console';

function makeConsole() {
  const lines: string[] = [];
  const target = { error: (..._: unknown[]) => undefined, warn: (..._: unknown[]) => undefined };
  boundConsole(target, openBoundedLog({ write: (line) => void lines.push(line), later: () => undefined }));
  return { target, lines };
}

test('what Next.js refused is one line without a stack, ten times in a minute whatever it names', () => {
  const { target, lines } = makeConsole();
  for (let round = 0; round < 100; round += 1) {
    target.error(
      new Error(`Failed to find Server Action "${round}abc". This request might be from an older deployment.\nRead more`),
    );
    target.error(
      `\`x-forwarded-host\` header with value \`h${round}\` does not match \`origin\` header with value \`e${round}\``,
    );
    target.error(new Error(`The Server Reference ID did not match the expected format. Received "${round}".\nRead more`));
    target.warn('Missing `origin` header from a forwarded Server Actions request.');
  }
  expect(lines).toHaveLength(40);
  expect(lines.join()).not.toMatch(/\n| {4}at /);
});

test('a fault keeps its stack, and its values', () => {
  const { target, lines } = makeConsole();
  target.error('⨯', new Error('gone'));
  target.error('%s of %d', 'one', 2);
  expect(lines[0]).toMatch(/^⨯ Error: gone\n {4}at /);
  expect(lines[1]).toBe('one of 2');
});
