/** The text with one bit changed. */
export function flipBit(text: string, bit: number): string {
  const bytes = Buffer.from(text);
  const at = bit >> 3;
  return Buffer.from(bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit & 7)))).toString('latin1');
}

/** A bit of every so many characters, each time another one of the eight. */
export function* bitsOf(text: string, stride = 1): Generator<number> {
  for (let at = 0, turn = 0; at < text.length; at += stride, turn += 1) yield at * 8 + (turn % 8);
}
