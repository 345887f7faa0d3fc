import { createHash, randomUUID } from 'node:crypto';
import { writeActivationRequest } from '@/lib/dialects/native/write-request';
import { generateExchangeKeyPair, generateSigningKeyPair } from '@/lib/signing/key-pair';
import type { Installation } from './bench-portal';
import { PRODUCT } from './bench-portal';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Writes the activation request of a device that the portal has not seen. */
async function writeRequest(installation: Installation, code: string): Promise<string> {
  const serial = randomUUID();
  const parts = ['machine', 'memory', 'mac'].map((name) => [name, digest(`${name} ${serial}`)]);
  const keys = { signing: await generateSigningKeyPair(), exchange: await generateExchangeKeyPair() };
  const { text } = writeActivationRequest({
    to: installation,
    keys,
    content: {
      requestId: randomUUID(),
      issuedAt: new Date(),
      productCode: PRODUCT,
      activationCode: code,
      entitlementId: null,
      device: {
        name: `Press line ${serial.slice(0, 4)}`,
        platform: 'linux',
        hostname: `press-${serial.slice(0, 8)}`,
        appVersion: '4.2.0',
        fingerprint: { version: 1, components: Object.fromEntries(parts) },
      },
      requestedLease: null,
    },
  });
  return text;
}

/** Writes requests of that many new devices, which take turns with the entitlements. */
export async function writeRequests(
  installation: Installation,
  { count, entitlements }: { count: number; entitlements: Installation['entitlements'] },
): Promise<string[]> {
  const requests: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const entitlement = entitlements[index % entitlements.length];
    if (entitlement === undefined) throw new Error('expected an entitlement to ask for, found none');
    requests.push(await writeRequest(installation, entitlement.code));
  }
  return requests;
}
