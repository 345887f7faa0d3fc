/** Gets one value of a query: the first when repeated, empty when missing. */
export function oneOf(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Formats the address of a list. Omits empty members. */
export function listAddress(path: string, members: Readonly<Record<string, string>>): string {
  const kept = Object.entries(members).filter(([, value]) => value !== '');
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}
