import type { Fingerprint } from '../../devices/fingerprint';
import { countMatches } from '../../devices/fingerprint';
import type { Entitlement } from '../../entitlements/entitlement';
import { overdraftOf } from '../../entitlements/entitlement';
import type { DescribedActivation } from '../../exchange/decide-activation';
import { seatsCap } from '../../seats/overdraft';
import type { ReleasePolicy } from '../../seats/release-policy';
import type { DialectOfModel } from './world';

/** What was sold: two entitlements alike, of one product. */
export interface Sold {
  readonly entitlement: Entitlement;
  readonly policy: ReleasePolicy;
  readonly dialects: readonly DialectOfModel[];
  /** Seats of the second code of each entitlement; null when it has none of its own. */
  readonly codeSeats: number | null;
  /** Whether a machine holds a seat of one entitlement only. */
  readonly isUnique: boolean;
}

export type Person = 'member' | 'admin' | 'guest' | 'support';

/** An activation as the table has it. */
export interface Row extends Mutable<DescribedActivation> {
  entitlementId: string;
  dialect: DialectOfModel;
  deviceId: string;
  code: number;
  activatedBy: Person;
  releasedBy: Person | null;
  freedAt: Date | null;
  /** Dates of the requests that were answered with it, in the order of the answers. */
  answeredAts: number[];
}

export interface Device {
  readonly id: string;
  readonly dialect: DialectOfModel;
  components: Record<string, string>;
}

/** What is kept of a claim. */
export interface ClaimRow {
  readonly row: Row;
  readonly by: Person;
  state: 'open' | 'approved';
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The tables, and what SQL asks of them. Names of functions are those of db/functions. */
export interface Tables {
  readonly sold: Sold;
  readonly rows: Row[];
  readonly devices: Device[];
  readonly claims: ClaimRow[];
  cap(): number;
  of(entitlementId: string): Row[];
  settleLeases(now: Date): void;
  seatsHeld(entitlementId: string): number;
  freed(entitlementId: string): { at: Date; runsOutAt: Date }[];
  possiblyRunning(entitlementId: string, now: Date): number;
  reinstallsUsed(entitlementId: string, since: Date, now: Date): number;
  returnedAts(entitlementId: string): Date[];
  releasedAts(entitlementId: string): Date[];
  codeIsFull(entitlementId: string, code: number, except: Row | null): boolean;
  machineIsElsewhere(entitlementId: string, fingerprint: Fingerprint): boolean;
  isSuperseded(row: Row): boolean;
  candidates(isCompared: (dialect: DialectOfModel) => boolean, seen: Fingerprint): Device[];
  writeDevice(known: Device | null, dialect: DialectOfModel, fingerprint: Fingerprint): Device;
}

export function makeTables(sold: Sold): Tables {
  const tables: Tables = {
    sold,
    rows: [],
    devices: [],
    claims: [],
    cap(): number {
      const { entitlement } = sold;
      return seatsCap(entitlement.seats, overdraftOf(entitlement));
    },

    of(entitlementId: string): Row[] {
      return tables.rows.filter((row) => row.entitlementId === entitlementId);
    },

    settleLeases(now: Date): void {
      for (const row of tables.rows) {
        if (row.runsOutAt > now) continue;
        if (row.state === 'active') row.state = 'lease_expired';
        else if (row.state === 'releasing') row.state = 'released';
      }
    },

    seatsHeld(entitlementId: string): number {
      return tables.of(entitlementId).filter(holds).length;
    },

    freed(entitlementId: string): { at: Date; runsOutAt: Date }[] {
      return tables
        .of(entitlementId)
        .flatMap(({ releaseKind, freedAt, runsOutAt }) =>
          releaseKind === 'released' && freedAt !== null ? [{ at: freedAt, runsOutAt }] : [],
        );
    },

    possiblyRunning(entitlementId: string, now: Date): number {
      return tables.seatsHeld(entitlementId) + tables.freed(entitlementId).filter(({ runsOutAt }) => runsOutAt > now).length;
    },

    reinstallsUsed(entitlementId: string, since: Date, now: Date): number {
      return tables.freed(entitlementId).filter(({ at, runsOutAt }) => at > since || runsOutAt > now).length;
    },

    returnedAts(entitlementId: string): Date[] {
      return tables
        .of(entitlementId)
        .flatMap(({ releaseKind, freedAt }) => (releaseKind === 'deactivated' && freedAt !== null ? [freedAt] : []));
    },

    releasedAts(entitlementId: string): Date[] {
      return tables
        .of(entitlementId)
        .flatMap(({ releaseKind, releasedAt }) => (releaseKind === 'released' && releasedAt !== null ? [releasedAt] : []));
    },

    codeIsFull(entitlementId: string, code: number, except: Row | null): boolean {
      const { codeSeats } = sold;
      if (code !== 1 || codeSeats === null) return false;
      return tables.of(entitlementId).filter((row) => row.code === code && row !== except && holds(row)).length >= codeSeats;
    },

    machineIsElsewhere(entitlementId: string, { components: { fingerprint } }: Fingerprint): boolean {
      if (!tables.sold.isUnique || fingerprint === undefined) return false;
      return tables.rows.some(
        (row) => row.entitlementId !== entitlementId && holds(row) && row.fingerprint.components.fingerprint === fingerprint,
      );
    },

    isSuperseded(row: Row): boolean {
      return tables.rows.some(
        (other) =>
          other !== row &&
          lives(other) &&
          ((other.entitlementId === row.entitlementId && other.deviceId === row.deviceId) ||
            (other.dialect === row.dialect && other.deviceKey === row.deviceKey)),
      );
    },

    /** Devices that share a component with a request, those with most first. */
    candidates(isCompared: (dialect: DialectOfModel) => boolean, seen: Fingerprint): Device[] {
      const shared = tables.devices.filter(({ dialect }) => isCompared(dialect));
      const counted = shared.map((device) => ({ device, matches: countMatches(fingerprintOf(device), seen) }));
      return counted
        .filter(({ matches }) => matches > 0)
        .sort((one, other) => other.matches - one.matches)
        .map(({ device }) => device);
    },

    writeDevice(known: Device | null, dialect: DialectOfModel, { components }: Fingerprint): Device {
      if (known !== null) {
        known.components = { ...known.components, ...components };
        return known;
      }
      const device = { id: `device-${tables.devices.length}`, dialect, components: { ...components } };
      tables.devices.push(device);
      return device;
    },
  };
  return tables;
}

export const fingerprintOf = ({ components }: Device): Fingerprint => ({ version: 1, components });

export function holds({ state }: Row): boolean {
  return state === 'active' || state === 'releasing';
}

export function lives(row: Row): boolean {
  return holds(row) || row.state === 'lease_expired';
}
