/** Acts to measure, by name. */
export type Acts<Name extends string> = Readonly<Record<Name, () => Promise<void>>>;

/** So many rounds warm up connections, plans and caches, and do not count. */
const WARM_UPS = 20;
const ROUNDS = 201;

/** Runs acts that are compared in turns, one after the other in each round. @returns the median time of each, in milliseconds */
export async function takeTurns<Name extends string>(acts: Acts<Name>): Promise<Record<Name, number>> {
  const names = Object.keys(acts) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    for (const name of names) {
      const startedAt = performance.now();
      await acts[name]();
      if (round >= WARM_UPS) times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return Object.fromEntries(names.map((name) => [name, middle(times.get(name) ?? [])])) as Record<Name, number>;
}

function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
