import { readFileSync, writeFileSync } from 'node:fs';

/** Writes a request with one character in its middle another, as a bad stick would. Answers the path. */
export function spoil(file: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.length - 6;
  const line = lines[at] ?? '';
  lines[at] = `${line.slice(0, 30)}${line.charAt(30) === 'A' ? 'B' : 'A'}${line.slice(31)}`;
  const spoilt = `${file}.spoilt`;
  writeFileSync(spoilt, lines.join('\n'));
  return spoilt;
}
