import { createHmac, randomUUID } from 'node:crypto';
import { createIssuer } from '@/lib/operations/licensespring/create-issuer';
import { createLicence } from '@/lib/operations/licensespring/licences/create-licence';
import { showIssuer } from '@/lib/operations/licensespring/show-issuer';
import type { Operation } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import type { Installation } from './bench-portal';
import { CUSTOMER, openPortal } from './bench-portal';
import type { BenchDatabase } from './bench-server';

const SHORT_CODE = 'pump-control';

/** More than any part of the bench takes. */
const SEATS = 100_000;

/** Keys that an application of the LicenseSpring dialect is built with, and its licence. */
export interface LicenseSpringApplication {
  readonly apiKey: string;
  readonly sharedKey: string;
  readonly licenceKey: string;
}

/** Makes the issuer and sells a licence, by the operator's own operations. */
export async function installLicenseSpring(
  installation: Installation,
  database: BenchDatabase,
): Promise<LicenseSpringApplication> {
  const operator = { role: 'operator', label: 'bench' } as const;
  const { context, close } = openPortal({ ...installation, url: database.appUrl, actor: operator });
  const make = async <Input, Value>(operation: Operation<Input, Value>, input: unknown): Promise<Value> => {
    const result = await perform(operation, input, context);
    if (result.ok) return result.value;
    throw new Error(`expected ${operation.name} to be done, found ${JSON.stringify(result.rejection)}`);
  };
  try {
    await make(createIssuer, {});
    const { apiKey, sharedKey } = await make(showIssuer, {});
    const order = { product: SHORT_CODE, type: 'perpetual', maxActivations: SEATS, customer: CUSTOMER };
    const { licenceKey } = await make(createLicence, order);
    if (licenceKey === null) throw new Error('expected a licence with a key, found one with a user');
    return { apiKey, sharedKey, licenceKey };
  } finally {
    await close();
  }
}

/** Writes the activation requests of that many devices that the portal has not seen. */
export function writeLicenseSpringRequests(application: LicenseSpringApplication, count: number): string[] {
  return Array.from({ length: count }, () => writeRequest(application));
}

function writeRequest({ apiKey, sharedKey, licenceKey }: LicenseSpringApplication): string {
  const [date, hardwareId] = [new Date().toUTCString(), randomUUID()];
  const lines = ['licenseSpring', `date: ${date}`, licenceKey, hardwareId, apiKey];
  const signature = createHmac('sha256', sharedKey).update(lines.join('\n')).digest('base64');
  const request = {
    request: 'activation',
    schema_version: 2,
    date,
    license_key: licenceKey,
    hardware_id: hardwareId,
    api_key: apiKey,
    product: SHORT_CODE,
    hostname: `pump-${hardwareId.slice(0, 8)}`,
    os_ver: 'linux',
    app_ver: '4.2.0',
    signature,
  };
  const around = createHmac('sha256', sharedKey).update(JSON.stringify(request)).digest('hex');
  return Buffer.from(JSON.stringify({ request, signature: around })).toString('base64');
}
