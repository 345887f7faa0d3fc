/** What every file in a zip begins with (APPNOTE.TXT, section 4.3.7). Text in files cannot hold it: it has control characters. */
const SIGNATURE = [0x50, 0x4b, 0x03, 0x04] as const;

/** Counts the files of a zip while it comes in. Answers a function that takes the next bytes and says how many files have begun so far. */
export function countEntries(): (chunk: Uint8Array) => number {
  let matched = 0;
  let count = 0;
  return (chunk) => {
    for (const byte of chunk) {
      if (byte !== SIGNATURE[matched]) matched = 0;
      if (byte === SIGNATURE[matched]) matched += 1;
      if (matched < SIGNATURE.length) continue;
      count += 1;
      matched = 0;
    }
    return count;
  };
}
