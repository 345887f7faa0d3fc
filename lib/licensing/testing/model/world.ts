import type { Fingerprint } from '../../devices/fingerprint';
import { countMatches } from '../../devices/fingerprint';

/** How many machines there are. No two of them share a part. */
export const MACHINES = 6;

/** Parts that the reference client reads, and that products declare. */
export const PARTS = ['cpu', 'hostname', 'mac', 'machine', 'memory'] as const;

export type DialectOfModel = 'native' | 'licensespring' | 'keygen';

/** Name of the one component by which a dialect knows a machine. */
const NAME_IN = { licensespring: 'hardware', keygen: 'fingerprint' } as const;

/** What stands for a part in a request: that of a machine by its number, none, or one that no machine has. */
export type PartOf = number | 'none' | 'made-up';

/** What a request says of its machine. */
export interface Described {
  /** In the order of {@link PARTS}. */
  readonly parts: readonly PartOf[];
  /** Whether it names two parts beside, the same in all requests, which no product declares and no machine has. */
  readonly beside: boolean;
  /** The machine whose name it says, where the dialect knows machines by a name. */
  readonly name: number;
}

const nameOf = (machine: number) => `name-${machine}`;

export function nativeFingerprint({ parts, beside, name }: Described): Fingerprint {
  const components: Record<string, string> = beside ? { x1: 'shared-1', x2: 'shared-2', hardware: nameOf(name) } : {};
  PARTS.forEach((part, index) => {
    const of = parts[index];
    if (of !== undefined && of !== 'none') components[part] = `${part}-${of}`;
  });
  return { version: 1, components };
}

export function namedFingerprint(dialect: 'licensespring' | 'keygen', { name }: Described): Fingerprint {
  return { version: 1, components: { [NAME_IN[dialect]]: nameOf(name) } };
}

const REAL: readonly Record<DialectOfModel, Fingerprint>[] = Array.from({ length: MACHINES }, (_, machine) => ({
  native: nativeFingerprint({ parts: PARTS.map(() => machine), beside: false, name: machine }),
  licensespring: namedFingerprint('licensespring', { parts: [], beside: false, name: machine }),
  keygen: namedFingerprint('keygen', { parts: [], beside: false, name: machine }),
}));

/**
 * The machines that run on an answer as long as its lease runs, as bits. Its keys are copied to all of them, and snapshots are restored at will,
 * so that only the fingerprint tells (lib/device/check-running.ts).
 */
export function machinesThatRun(dialect: DialectOfModel, fingerprint: Fingerprint, required: number): number {
  let bits = 0;
  REAL.forEach((own, machine) => {
    if (countMatches(fingerprint, own[dialect]) >= Math.max(1, required)) bits |= 1 << machine;
  });
  return bits;
}

export function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left > 0; left &= left - 1) count += 1;
  return count;
}
