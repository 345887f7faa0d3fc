/** Returns the last four characters of a code or licence key, by which people tell them apart. The padding of licence keys does not count. */
export function endOfCode(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end -= 1;
  return text.slice(Math.max(end - 4, 0), end);
}
