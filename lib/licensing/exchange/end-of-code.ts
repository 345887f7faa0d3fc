/** The last four characters of what names an entitlement: people tell codes apart by them. The padding of a licence key, which many share, is none of them. */
export function endOfCode(text: string): string {
  let end = text.length;
  while (text[end - 1] === '=') end -= 1;
  return text.slice(Math.max(end - 4, 0), end);
}
