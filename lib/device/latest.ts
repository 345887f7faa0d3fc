/** The latest of some instants; null when there is none. */
export function latest(...instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, instant) => (last === null || (instant !== null && instant > last) ? instant : last), null);
}
