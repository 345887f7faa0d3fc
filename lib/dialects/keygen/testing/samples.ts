import type { LicenceFileInput, MachineFileInput } from '../licence-details';
import type { LicenceValues } from '../licence-values';

export const CREATED = '2026-01-02T03:04:05.000Z';
const EXPIRY = '2027-01-02T03:04:05.000Z';
export const FINGERPRINT = '4d:5e:6f:70:81:92|GenuineIntel|SN 0042';

/** A licence of the vectors. */
export const LICENCE: LicenceValues = {
  id: '0198f3ef-1111-7222-8333-444455556666',
  productId: '0198f3ef-0000-7aaa-8bbb-ccccddddeeee',
  policyId: '0198f3ef-2222-7333-8444-555566667777',
  durationSeconds: 31_536_000,
  user: { id: '0198f3ef-9999-7888-8777-666655554444', email: 'owner@example.com' },
  createdAt: new Date(CREATED),
  expiresAt: new Date(EXPIRY),
};

const stamps = { metadata: { siteName: 'Plant 7' }, created: CREATED, updated: CREATED };

const owner = {
  id: '0198f3ef-9999-7888-8777-666655554444',
  email: 'owner@example.com',
  fullName: null,
  ...stamps,
};

const licenceAndOthers = {
  licence: {
    id: LICENCE.id,
    key: 'C1B6DE-39A6E3-DE1529-8559A0-4AF593-V3',
    name: 'Prüfstand Motion',
    expiry: EXPIRY,
    status: 'ACTIVE' as const,
    uses: 0,
    suspended: false,
    scheme: null,
    strict: true,
    floating: true,
    maxMachines: 5,
    lastCheckOut: null,
    ...stamps,
    productId: LICENCE.productId,
    policyId: LICENCE.policyId,
    ownerId: owner.id,
  },
  entitlements: [
    { id: '0198f3f0-aaaa-7bbb-8ccc-ddddeeeeffff', name: 'Export', code: 'EXPORT', ...stamps },
    { id: '0198f3f0-bbbb-7ccc-8ddd-eeeeffff0000', name: 'Simulation', code: 'SIMULATION', ...stamps },
  ],
  product: { id: LICENCE.productId, name: 'Prüfstand Motion', code: 'motion-studio', ...stamps },
  policy: {
    id: LICENCE.policyId,
    name: 'Pro, yearly',
    duration: LICENCE.durationSeconds,
    scheme: null,
    strict: true,
    floating: true,
    maxMachines: 5,
    ...stamps,
  },
  owner,
  users: [owner],
};

/** A licence file of the vectors, with everything in it. */
export const LICENCE_FILE: LicenceFileInput = {
  ...licenceAndOthers,
  algorithm: 'aes-256-gcm+ed25519',
  ttlSeconds: 2_629_746,
  include: ['entitlements', 'environment', 'product', 'policy', 'group', 'owner', 'users'],
};

/** A machine file of the vectors, with everything in it. */
export const MACHINE_FILE: MachineFileInput = {
  ...licenceAndOthers,
  algorithm: 'aes-256-gcm+ed25519',
  ttlSeconds: 2_629_746,
  machine: {
    id: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
    fingerprint: FINGERPRINT,
    hostname: 'press-7',
    platform: 'linux',
    name: 'Press line 7',
    lastCheckOut: CREATED,
    ...stamps,
    ownerId: owner.id,
  },
  components: [{ id: '0198f3f0-cccc-7ddd-8eee-ffff00001111', name: 'Board', fingerprint: 'SN 0042', ...stamps }],
  include: [
    'license',
    'license.entitlements',
    'license.product',
    'license.policy',
    'license.owner',
    'license.users',
    'components',
    'environment',
    'group',
    'owner',
  ],
};
