import { expect, it } from 'vitest';
import { BYTE_ORDER_MARK, csvRecord } from './csv';

it.each([
  [['a', 'b'], 'a,b'],
  [['Müller, Jörg', 'say "hi"'], '"Müller, Jörg","say ""hi"""'],
  [['two\r\nlines'], '"two\r\nlines"'],
  [[null, '', 7, -7], ',,7,-7'],
  [[new Date('2030-01-02T03:04:05.678Z')], '2030-01-02T03:04:05.678Z'],
])('%j is written as %j', (cells, record) => {
  expect(csvRecord(cells)).toBe(`${record}\r\n`);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('%j does not start a formula', (text) => {
  expect(csvRecord([text])).toMatch(/^"?'/);
});

it('a formula with a comma and quotes stays one cell of text', () => {
  expect(csvRecord(['=HYPERLINK("http://evil.example","x")'])).toBe('"\'=HYPERLINK(""http://evil.example"",""x"")"\r\n');
});

it('signs inside a text are left alone', () => {
  expect(csvRecord(['a=b', 'x-y', 'me@example.com'])).toBe('a=b,x-y,me@example.com\r\n');
});

it('the mark is three bytes of UTF-8', () => {
  expect([...new TextEncoder().encode(BYTE_ORDER_MARK)]).toEqual([0xef, 0xbb, 0xbf]);
});
