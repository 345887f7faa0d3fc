import { z } from 'zod';
import type { Json } from '@/lib/licensing/exchange/request';
import type { FileAlgorithm } from './scheme';
import { FILE_ALGORITHMS, KEY_SCHEMES } from './scheme';

/** An instant as files carry it: ISO 8601 in UTC with three decimals, as `Date.toISOString` writes it. */
const instant = z.iso.datetime({ precision: 3 });
const identifier = z.string().min(1).max(200);
const limit = z.int().min(0).nullable();
/** The portal writes JSON only; a recursive schema that checks it could not be compiled. */
const json = z.custom<Json>();
/** Extra facts of a resource. Member names in camelCase. */
const metadata = z.record(z.string(), json).default({});
const stamps = { metadata, created: instant, updated: instant };

/** Resources that a licence file can include on request. */
export const LICENCE_INCLUDES = ['entitlements', 'environment', 'product', 'policy', 'group', 'owner', 'users'] as const;
export type LicenceInclude = (typeof LICENCE_INCLUDES)[number];

/** Resources that a machine file can include on request. */
export const MACHINE_INCLUDES = [
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
] as const;
export type MachineInclude = (typeof MACHINE_INCLUDES)[number];

/** Always in machine files: clients already shipped look for them. */
export const SAFEST_INCLUDES = ['license', 'license.entitlements'] as const satisfies readonly MachineInclude[];

const LICENCE_STATUSES = ['ACTIVE', 'INACTIVE', 'EXPIRING', 'EXPIRED', 'SUSPENDED', 'BANNED'] as const;
const HEARTBEAT_STATUSES = ['NOT_STARTED', 'ALIVE', 'DEAD', 'RESURRECTED'] as const;

/** All attributes and relationships of a licence. */
export const licenceFacts = z.strictObject({
  id: identifier,
  /** The licence key itself. */
  key: z.string().min(1).max(8192),
  name: z.string().nullable(),
  /** End of the licence; null when it has none. */
  expiry: instant.nullable(),
  status: z.enum(LICENCE_STATUSES),
  uses: z.int().min(0),
  suspended: z.boolean(),
  /** Null for a plain key. */
  scheme: z.enum(KEY_SCHEMES).nullable(),
  encrypted: z.boolean().default(false),
  strict: z.boolean(),
  floating: z.boolean(),
  protected: z.boolean().default(false),
  version: z.string().nullable().default(null),
  maxMachines: limit,
  maxProcesses: limit.default(null),
  maxUsers: limit.default(null),
  maxCores: limit.default(null),
  maxMemory: limit.default(null),
  maxDisk: limit.default(null),
  maxUses: limit.default(null),
  requireHeartbeat: z.boolean().default(false),
  requireCheckIn: z.boolean().default(false),
  lastValidated: instant.nullable().default(null),
  lastCheckIn: instant.nullable().default(null),
  nextCheckIn: instant.nullable().default(null),
  lastCheckOut: instant.nullable(),
  ...stamps,
  productId: identifier,
  policyId: identifier,
  ownerId: identifier.nullable(),
});

/** All attributes of a machine. Its licence and product are in the same details. */
const machineFacts = z.strictObject({
  id: identifier,
  fingerprint: z.string().min(1).max(1024),
  cores: limit.default(null),
  memory: limit.default(null),
  disk: limit.default(null),
  ip: z.string().nullable().default(null),
  hostname: z.string().nullable(),
  platform: z.string().nullable(),
  name: z.string().nullable(),
  requireHeartbeat: z.boolean().default(false),
  heartbeatStatus: z.enum(HEARTBEAT_STATUSES).default('NOT_STARTED'),
  heartbeatDuration: z.int().min(0).nullable().default(null),
  maxProcesses: limit.default(null),
  lastCheckOut: instant.nullable(),
  lastHeartbeat: instant.nullable().default(null),
  nextHeartbeat: instant.nullable().default(null),
  ...stamps,
  ownerId: identifier.nullable(),
});

const entitlementFacts = z.strictObject({ id: identifier, name: z.string(), code: z.string(), ...stamps });
const productFacts = z.strictObject({ id: identifier, name: z.string(), code: z.string().nullable(), ...stamps });
const policyFacts = z.strictObject({
  id: identifier,
  name: z.string(),
  /** How long a licence of this policy lasts, in seconds; null for ever. */
  duration: z.int().min(0).nullable(),
  scheme: z.enum(KEY_SCHEMES).nullable(),
  strict: z.boolean(),
  floating: z.boolean(),
  maxMachines: limit,
  ...stamps,
});
const userFacts = z.strictObject({
  id: identifier,
  email: z.string(),
  firstName: z.string().nullable().default(null),
  lastName: z.string().nullable().default(null),
  fullName: z.string().nullable(),
  ...stamps,
});
const componentFacts = z.strictObject({ id: identifier, name: z.string(), fingerprint: z.string(), ...stamps });

const fileTerms = {
  algorithm: z.custom<FileAlgorithm>((value) => FILE_ALGORITHMS.some((algorithm) => algorithm === value)),
  /** How long the file is good, in whole seconds; null for ever (a machine file still ends with its lease). */
  ttlSeconds: z.int().min(1).nullable(),
};

/** A licence with everything that can be included with it. */
const licenceAndOthers = z.strictObject({
  licence: licenceFacts,
  entitlements: z.array(entitlementFacts),
  product: productFacts,
  policy: policyFacts,
  owner: userFacts.nullable(),
  users: z.array(userFacts),
});

/** The content of a licence file. */
export const licenceFileDetails = z.compile(
  z.strictObject({ ...licenceAndOthers.shape, ...fileTerms, include: z.array(z.enum(LICENCE_INCLUDES)) }),
);

/** The content of a machine file: `Reply.details` of this dialect. */
export const machineFileDetails = z.compile(
  z.strictObject({
    ...licenceAndOthers.shape,
    ...fileTerms,
    machine: machineFacts,
    components: z.array(componentFacts).default([]),
    include: z.array(z.enum(MACHINE_INCLUDES)),
  }),
);

export type LicenceFacts = Readonly<z.output<typeof licenceFacts>>;
export type LicenceAndOthers = Readonly<z.output<typeof licenceAndOthers>>;
export type MachineFileDetails = Readonly<z.output<typeof machineFileDetails>>;
/** The same before defaults are filled in. */
export type LicenceFileInput = Readonly<z.input<typeof licenceFileDetails>>;
export type MachineFileInput = Readonly<z.input<typeof machineFileDetails>>;
