import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_ORDER_MARK, csvRecord } from './csv';

/** Signs that begin a formula, and characters that spreadsheets drop or skip before one. */
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '\t', '\r'];
const SKIPPED = [' ', '\t', '\r', '\n', '\u00A0', '\u3000', '\uFEFF', '\u200B', '\u0001', '"'];
const SEPARATORS = [',', ';', '\t', '|', '؛', '،'];
const LINE_ENDS = ['\n', '\r\n', '\r'];

/**
 * The cells that a spreadsheet makes of a text where `separator` is the list separator: a quotation mark that opens a cell lets separators
 * and line ends in until the next single one, and means itself anywhere else.
 */
function read(text: string, separator: string): string[] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)(?:"|$))?([^\\r\\n\\${separator}]*)(?:[\\r\\n\\${separator}]|$)`, 'y');
  const cells: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, quoted = '', bare = ''] = cell.exec(text) ?? [];
    cells.push(quoted.replaceAll('""', '"') + bare);
  }
  return cells;
}

const isFormula = (cell: string) => /^[\s\p{C}"]*[=+\-@＝＋－＠﹦﹢﹣﹫−]/u.test(cell) || /^(?:\t|\r(?!\n))/.test(cell);

const word = fc.constantFrom('a', 'x1', '°C', '"', '""', "'", '7', 'ß', '');
const piece = fc.oneof(
  ...[SIGNS, SKIPPED, SEPARATORS, LINE_ENDS].map((of) => fc.constantFrom(...of)),
  word,
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

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

it.each([
  ['-5 °C sensor', "'-5 °C sensor"],
  ['Halle 3, -5 °C', '"Halle 3,\' -5 °C"'],
  ['Halle 3 -5 °C', 'Halle 3 -5 °C'],
  ['C++ build; line A', '"C++ build; line A"'],
  ['one\r\n\r\ntwo', '"one\r\n\r\ntwo"'],
  ["x;=cmd|'/C calc'!A0", "\"x;'=cmd|'/C calc'!A0\""],
  ['x;"=1+1;y', '"x;\'""=1+1;y"'],
])('%j stays readable, as %j', (text, record) => {
  expect(csvRecord([text])).toBe(`${record}\r\n`);
});

describe('under any list separator', () => {
  it.each([...SEPARATORS, ...LINE_ENDS])('no sign behind %j begins a formula', (separator) => {
    for (const sign of SIGNS) {
      for (const skipped of ['', ...SKIPPED, '  ', ' "']) {
        const record = csvRecord(['name', `x${separator}${skipped}${sign}1+1`, 'end']);
        for (const reader of SEPARATORS) expect(read(record, reader).filter(isFormula), JSON.stringify(record)).toEqual([]);
      }
    }
  });

  it('no texts make a formula, wherever in the record they stand and whatever stands beside them', () => {
    const records = fc.array(fc.array(fc.oneof(hostile, fc.constant(null)), { minLength: 1, maxLength: 4 }), { maxLength: 3 });
    fc.assert(
      fc.property(records, fc.constantFrom(...SEPARATORS), (rows, separator) => {
        expect(read(rows.map(csvRecord).join(''), separator).filter(isFormula)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('a reader of commas gets every text back, but for apostrophes', () => {
    const plain = (text: string) => text.replaceAll("'", '');
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const cells = read(csvRecord([...texts, 'end']).slice(0, -2), ',');
        expect(cells.map(plain)).toEqual([...texts.map(plain), 'end']);
      }),
      { numRuns: 1000 },
    );
  });
});

it('is what every CSV file of the portal is written with', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = ['app', 'lib', 'components', 'db'].flatMap((folder) => {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  });
  const writers = files
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes('.test.'))
    .filter((name) => /text\/csv|csvRecord|\.join\('[,;]'\).*\\n/.test(readFileSync(join(root, name), 'utf8')));
  expect(writers.toSorted()).toEqual(['lib/web/responses/csv.ts', 'lib/web/responses/respond-csv.ts']);
});

it('the mark is three bytes of UTF-8', () => {
  expect([...new TextEncoder().encode(BYTE_ORDER_MARK)]).toEqual([0xef, 0xbb, 0xbf]);
});
