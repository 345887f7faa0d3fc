import { createHash, randomUUID } from 'node:crypto';
import { writeDeactivationProof } from '@/lib/dialects/native/write-proof';
import type { RequestContent } from '@/lib/dialects/native/write-request';
import { writeActivationRequest } from '@/lib/dialects/native/write-request';
import type { KeyPair } from '@/lib/signing/key-pair';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import type { TestPortal } from './test-portal';

/** An offline machine that writes request and proof files. */
export interface TestDevice {
  readonly keys: { readonly signing: KeyPair; readonly exchange: KeyPair };
  readonly components: Readonly<Record<string, string>>;
  request(changes?: Partial<RequestContent>): Promise<string>;
  proof(
    activationId: string,
    changes?: { requestId?: string; leaseSequence?: number; usage?: Record<string, number> },
  ): Promise<string>;
  /** The same machine after the software was set up anew, with other components if given. */
  setUpAnew(components?: Readonly<Record<string, string>>): Promise<TestDevice>;
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** Makes a machine with keys of its own and a fingerprint of three components. */
export async function makeDevice(
  portal: Pick<TestPortal, 'vendorId' | 'exchangeJwk'>,
  options: { code: string; name?: string; components?: Readonly<Record<string, string>> },
): Promise<TestDevice> {
  const serial = randomUUID();
  const name = options.name ?? 'Press line 7';
  const components = options.components ?? {
    machine: digest(`board ${serial}`),
    memory: digest(`disk ${serial}`),
    mac: digest(`network ${serial}`),
  };
  const keys = { signing: await generateSigningKeyPair(), exchange: await generateExchangeKeyPair() };
  const to = { vendorId: portal.vendorId, exchangeJwk: portal.exchangeJwk };
  return {
    keys,
    components,
    async request(changes = {}) {
      const content: RequestContent = {
        requestId: randomUUID(),
        issuedAt: new Date(),
        productCode: 'press-control',
        activationCode: options.code,
        entitlementId: null,
        device: { name, platform: 'linux', hostname: null, appVersion: null, fingerprint: { version: 1, components } },
        requestedLease: null,
        ...changes,
      };
      return writeActivationRequest({ to, keys, content }).text;
    },
    async proof(activationId, changes = {}) {
      const content = {
        requestId: randomUUID(),
        issuedAt: new Date(),
        activationId,
        leaseSequence: 1,
        usage: {},
        reason: null,
        deviceName: name,
        productCode: 'press-control',
        ...changes,
      };
      return writeDeactivationProof({ to, signing: keys.signing, content }).text;
    },
    setUpAnew: (changed = components) => makeDevice(portal, { ...options, components: changed }),
  };
}
