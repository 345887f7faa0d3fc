/** The last four characters of what names an entitlement: people tell codes apart by them. The padding of a licence key, which many share, is none of them. */
export function endOfCode(text: string): string {
  return text.replace(/=+$/, '').slice(-4);
}
