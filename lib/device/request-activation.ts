import { digestComponents } from '@/lib/dialects/native/fingerprint-digest';
import type { VendorFile } from '@/lib/dialects/native/vendor-file';
import type { WrittenFile } from '@/lib/dialects/native/write-request';
import { writeActivationRequest } from '@/lib/dialects/native/write-request';
import type { DeviceDescription } from '@/lib/licensing/exchange/request';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import { componentsSetByTest } from './apply-answer';
import type { Machine, Run } from './device';
import { saveRun, startRun } from './device';
import type { DeviceState } from './state';

/** What the person at the machine enters, and what the software knows of itself. */
export interface RequestInput {
  readonly vendor: VendorFile;
  readonly productCode: string;
  readonly activationCode: string;
  readonly deviceName: string;
  readonly platform: string;
  readonly hostname?: string;
  readonly appVersion?: string;
  readonly entitlementId?: string;
  /** ISO 8601 duration. */
  readonly requestedLease?: string;
  /** Curve of new keys. */
  readonly curve?: 'P-256';
}

async function makeKeys(curve: 'P-256' | undefined): Promise<NonNullable<DeviceState['keys']>> {
  const [signing, exchange] = await Promise.all([generateSigningKeyPair(curve), generateExchangeKeyPair(curve)]);
  return { signing: withText(signing), exchange: withText(exchange) };
}

function withText<Pair extends { privateJwk: object }>(pair: Pair): Pair & { privateJwk: Record<string, string> } {
  const members = Object.entries(pair.privateJwk).map(([name, value]) => [name, String(value)] as const);
  return { ...pair, privateJwk: Object.fromEntries(members) };
}

/** Chooses the newest exchange key: replies bring newer ones than the build has, and a newer build brings a newer one than they. */
function chooseExchangeKey(state: DeviceState | null, vendor: VendorFile): VendorFile['exchange_public_jwk'] {
  const isSameBuild = state?.vendor.exchange_public_jwk.x === vendor.exchange_public_jwk.x;
  return state !== null && isSameBuild ? state.exchangeJwk : vendor.exchange_public_jwk;
}

/** A request that would replace another vendor's licence: the caller chose the wrong store. */
export class OtherVendorError extends Error {
  constructor(expected: string, found: string) {
    super(`expected software of the vendor ${expected}, whose licence is kept here, found ${found}`);
    this.name = 'OtherVendorError';
  }
}

/** The stored state, if it is this vendor's. @throws OtherVendorError */
function stateFor(vendor: VendorFile, { state }: Run): DeviceState | null {
  if (state === null || state.vendor.vendor_id === vendor.vendor_id) return state;
  if (state.activation !== null || state.proof !== null) throw new OtherVendorError(state.vendor.vendor_id, vendor.vendor_id);
  return null;
}

/**
 * Writes an activation request. The first one makes the device's keys; a later one uses the same, so that the portal gives the same seat.
 * Only the answer to the newest request is accepted.
 *
 * @throws ZodError when what was entered does not fit the format
 * @throws OtherVendorError when another vendor's licence or proof is stored here
 */
export async function requestActivation(machine: Machine, input: RequestInput): Promise<WrittenFile> {
  const run = await startRun(machine);
  const { vendor } = input;
  const state = stateFor(vendor, run);
  const keys = state?.keys ?? (await makeKeys(input.curve));
  const exchangeJwk = chooseExchangeKey(state, vendor);
  const componentValues =
    machine.test === undefined ? null : (machine.test.components ?? (state && componentsSetByTest(machine, state)));
  const requestId = crypto.randomUUID();

  const written = writeActivationRequest({
    to: { vendorId: vendor.vendor_id, exchangeJwk },
    keys,
    content: {
      requestId,
      issuedAt: run.now,
      productCode: input.productCode,
      activationCode: input.activationCode,
      entitlementId: input.entitlementId ?? null,
      device: describeDevice(input, componentValues ?? machine.readComponents()),
      requestedLease: input.requestedLease ?? null,
    },
  });
  await saveRun(machine, run, {
    format: 1,
    vendor,
    exchangeJwk,
    deviceName: input.deviceName,
    componentValues: componentValues === null ? null : { ...componentValues },
    playedOn: componentValues === null ? null : { ...machine.readComponents() },
    keys,
    pending: { requestId, productCode: input.productCode, writtenAt: run.now },
    activation: state?.activation ?? null,
    proof: state?.proof ?? null,
  });
  return written;
}

function describeDevice(input: RequestInput, values: Readonly<Record<string, string>>): DeviceDescription {
  return {
    name: input.deviceName,
    platform: input.platform,
    hostname: input.hostname ?? null,
    appVersion: input.appVersion ?? null,
    fingerprint: digestComponents(input.vendor.vendor_id, values),
  };
}
