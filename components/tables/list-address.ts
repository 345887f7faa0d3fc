/** One value of a query in an address; the first when it comes twice, empty when it is missing. */
export function oneOf(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** The address of a page of a list; members that are empty are left out. */
export function listAddress(path: string, members: Readonly<Record<string, string>>): string {
  const kept = Object.entries(members).filter(([, value]) => value !== '');
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}
