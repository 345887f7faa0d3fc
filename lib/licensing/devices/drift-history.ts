/** A component of a fingerprint, with the span in which the device had it. */
interface KeptComponent {
  readonly name: string;
  readonly digest: string;
  readonly seenAt: Date;
  /** Null while it is part of the device. */
  readonly goneAt: Date | null;
}

/** The changes of a fingerprint at one instant. */
export interface Drift {
  readonly at: Date;
  /** `from` is null for a component that was added, `to` for one that was removed. */
  readonly changes: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
}

/** Lists the changes of a fingerprint, newest first. The components first seen are not a change. */
export function driftHistory(components: readonly KeptComponent[]): Drift[] {
  const first = Math.min(...components.map(({ seenAt }) => seenAt.getTime()));
  const instants = components.flatMap(({ seenAt, goneAt }) => [seenAt.getTime(), ...(goneAt === null ? [] : [goneAt.getTime()])]);
  return [...new Set(instants)]
    .filter((at) => at > first)
    .sort((one, other) => other - one)
    .map((at) => ({ at: new Date(at), changes: changesAt(components, at) }));
}

function changesAt(components: readonly KeptComponent[], at: number): Drift['changes'] {
  const gone = components.filter(({ goneAt }) => goneAt?.getTime() === at);
  const come = components.filter(({ seenAt }) => seenAt.getTime() === at);
  const names = [...new Set([...gone, ...come].map(({ name }) => name))].sort();
  return names.map((name) => ({
    name,
    from: gone.find((component) => component.name === name)?.digest ?? null,
    to: come.find((component) => component.name === name)?.digest ?? null,
  }));
}
