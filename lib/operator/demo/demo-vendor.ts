/** The vendor of the demo, invented. */
export const DEMO_VENDOR = { name: 'Kestrel Automation', supportContact: 'licences@example.com', accent: '#0f6b5c' };

export const DEMO_PRODUCTS = [
  { code: 'press-control', name: 'Press Control' },
  { code: 'linescan', name: 'LineScan Inspection', greatestRequestAge: 'P60D' },
  { code: 'toolpath', name: 'Toolpath Studio' },
] as const;

/** Members release their own seats, so that they may also set their machines up anew. */
const BY_ALL = ['member', 'customer_admin', 'support'] as const;

const on = (code: string) => ({ code, kind: 'on-off', enabled: true }) as const;
const counted = (code: string, limit: number) => ({ code, kind: 'counted', limit }) as const;

/** Serves software built for Keygen as well, with proofs. Licence keys are made on first request. */
const FOR_KEYGEN_TOO = { dialects: ['native', 'keygen'], keygen: { proofs: true, makesKeys: false } } as const;

/** One offering for each plan, so that every rule can be seen at work. */
export const DEMO_OFFERINGS = [
  {
    product: 'press-control',
    code: 'press-control-pro',
    edition: 'Professional',
    planType: 'time-limited',
    startRule: 'on-date',
    termLength: 'P1Y',
    offlineLeasePeriod: 'P90D',
    gracePeriod: 'P14D',
    releaseRoles: BY_ALL,
    features: [on('recipes'), on('reporting'), counted('axes', 8)],
    attributes: { support: 'business-hours' },
    ...FOR_KEYGEN_TOO,
  },
  {
    product: 'press-control',
    code: 'press-control-perpetual',
    edition: 'Workshop',
    planType: 'perpetual',
    startRule: 'on-creation',
    offlineLeasePeriod: 'P180D',
    maintenanceLength: 'P1Y',
    overdraft: { kind: 'absolute', seats: 2 },
    releaseRoles: BY_ALL,
    releaseRule: 'at-once',
    reinstalls: { times: 2 },
    features: [on('recipes'), counted('axes', 4)],
    ...FOR_KEYGEN_TOO,
  },
  {
    product: 'linescan',
    code: 'linescan-site',
    edition: 'Site',
    planType: 'subscription',
    startRule: 'on-creation',
    termLength: 'P1Y',
    offlineLeasePeriod: 'P30D',
    gracePeriod: 'P7D',
    overdraft: { kind: 'percent', percent: 10 },
    features: [on('defect-maps'), counted('cameras', 12)],
  },
  {
    product: 'linescan',
    code: 'linescan-pack',
    edition: 'Scan pack',
    planType: 'consumption',
    startRule: 'on-first-activation',
    offlineLeasePeriod: 'P60D',
    features: [counted('scans', 50_000)],
  },
  {
    product: 'toolpath',
    code: 'toolpath-trial',
    edition: 'Trial',
    planType: 'trial',
    startRule: 'on-first-activation',
    termLength: 'P30D',
    offlineLeasePeriod: 'P14D',
    features: [on('simulation')],
  },
  {
    product: 'toolpath',
    code: 'toolpath-studio',
    edition: 'Studio',
    planType: 'subscription',
    startRule: 'on-date',
    termLength: 'P1Y',
    offlineLeasePeriod: 'P60D',
    gracePeriod: 'P30D',
    overdraft: { kind: 'unlimited' },
    releaseRule: 'at-once',
    features: [on('simulation'), on('five-axis')],
    attributes: { postprocessors: 'all' },
  },
] as const;
