import type { DeviceRow } from '@/db/devices/device-json';
import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { ActivationCaseRow } from '@/db/exchange/read-activation-case';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { FingerprintRules } from '@/lib/licensing/devices/fingerprint';
import { driftedComponents } from '@/lib/licensing/devices/fingerprint';
import { recogniseDevice } from '@/lib/licensing/devices/recognise-device';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';

/** A device the portal knows already, and what changed about it. */
export interface KnownDevice {
  readonly row: DeviceRow;
  /** False when only others of the customer may see it: its name is then not told. */
  readonly visible: boolean;
  readonly drifted: readonly string[];
}

/** The device that the key or the fingerprint of a request shows, and those that it was compared with. */
export function findDevice(found: ActivationCaseRow, request: ActivationRequest, rules: FingerprintRules) {
  const seen = request.device.fingerprint;
  const compared = found.candidates.map((candidate) => candidate.device.id);
  const byKey = knownByKey(found, request);
  if (byKey !== null) return { known: byKey, compared };
  const { candidates } = found;
  const recognised = recogniseDevice({ candidates, fingerprintOf: ({ device }) => device.fingerprint, seen, rules });
  if (recognised === null) return { known: null, compared };
  const { device: row, visible } = recognised.known;
  return { known: { row, visible, drifted: recognised.drifted }, compared };
}

/** The device of the activation that the key of a request is of. */
export function knownByKey({ ofKey }: ActivationCaseRow, request: ActivationRequest): KnownDevice | null {
  if (ofKey === null || ofKey.device === null) return null;
  const row = ofKey.device;
  return { row, visible: true, drifted: driftedComponents(row.fingerprint, request.device.fingerprint) };
}

/** The activation on the entitlement of a device that is known. */
export function activationOf(
  known: KnownDevice | null,
  { found, entitlement, ofThisKey }: { found: ActivationCaseRow; entitlement: EntitlementRow; ofThisKey: ActivationRow | null },
): ActivationRow | null {
  const candidate = found.candidates.find(({ device }) => device.id === known?.row.id);
  const activations = candidate?.activations ?? [];
  return activations.find(({ entitlementId, id }) => entitlementId === entitlement.id && id !== ofThisKey?.id) ?? null;
}
