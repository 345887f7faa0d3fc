/** A right that is on or off, or counted up to a limit. */
export type Feature =
  | { readonly code: string; readonly kind: 'on-off'; readonly enabled: boolean }
  | { readonly code: string; readonly kind: 'counted'; readonly limit: number };
