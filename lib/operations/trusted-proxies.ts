/**
 * Reads how many proxies stand before the portal (`TRUST_PROXY`): a number, `true` for one, nothing or `false` for none.
 *
 * @returns null for anything else
 */
export function readTrustedProxies(text: string | undefined): number | null {
  const value = text?.trim().toLowerCase() ?? '';
  if (value === '' || value === 'false') return 0;
  if (value === 'true') return 1;
  return /^\d{1,3}$/.test(value) ? Number(value) : null;
}
