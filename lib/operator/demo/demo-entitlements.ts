import type { DemoDevice } from './demo-fleet';
import { fleet } from './demo-fleet';
import type { DemoCustomer } from './demo-people';

/** The activation code in the README. All other codes are random. */
export const DEMO_CODE = 'DEMXQ-7R4KW-2HN9T-PV3CU';

/** An entitlement of the demo. Spans count in days before the day of seeding. */
export interface DemoEntitlement {
  readonly customer: DemoCustomer;
  readonly offering: string;
  readonly product: string;
  readonly seats: number;
  readonly order: string;
  readonly madeDaysAgo: number;
  /** Negative: still to come. */
  readonly startsDaysAgo?: number;
  readonly disabledDaysAgo?: number;
  readonly code?: string;
  readonly devices: readonly DemoDevice[];
}

const HALLMANN: readonly DemoEntitlement[] = [
  // One seat is free.
  {
    customer: 'hallmann',
    offering: 'press-control-pro',
    product: 'press-control',
    seats: 5,
    order: 'SO-24117',
    madeDaysAgo: 332,
    startsDaysAgo: 330,
    devices: [
      { name: 'Press 1 cell', activatedDaysAgo: 300, refreshedDaysAgo: [215, 130, 45] },
      { name: 'Press 2 cell', activatedDaysAgo: 87 },
      { name: 'Press 3 cell', activatedDaysAgo: 74, reinstalledDaysAgo: 20 },
      { name: 'Press 4 cell', activatedDaysAgo: 62, clockOffDays: -3 },
      { name: 'Old press 5', activatedDaysAgo: 240 },
      { name: 'Test bench', activatedDaysAgo: 210, deactivatedDaysAgo: 160 },
      { name: 'Press 6 cell', submittedDaysAgo: 1 },
    ],
  },
  // The README's entitlement: room for everybody who tries.
  {
    customer: 'hallmann',
    offering: 'press-control-perpetual',
    product: 'press-control',
    seats: 12,
    order: 'SO-21860',
    madeDaysAgo: 420,
    code: DEMO_CODE,
    devices: fleet({ name: 'Workshop', count: 3, firstDaysAgo: 150, everyDays: 40 }),
  },
  {
    customer: 'hallmann',
    offering: 'linescan-site',
    product: 'linescan',
    seats: 250,
    order: 'SO-25002',
    madeDaysAgo: 120,
    devices: [
      ...fleet({ name: 'Line A camera', count: 8, firstDaysAgo: 29, everyDays: 3 }),
      { name: 'Lost tablet', activatedDaysAgo: 12, releasedDaysAgo: 2 },
    ],
  },
  {
    customer: 'hallmann',
    offering: 'press-control-pro',
    product: 'press-control',
    seats: 3,
    order: 'SO-25310',
    madeDaysAgo: 4,
    startsDaysAgo: -20,
    devices: [],
  },
  { customer: 'hallmann', offering: 'toolpath-trial', product: 'toolpath', seats: 2, order: '', madeDaysAgo: 6, devices: [] },
];

const BRIGHTWATER: readonly DemoEntitlement[] = [
  // Full: the fourth device was refused.
  {
    customer: 'brightwater',
    offering: 'press-control-pro',
    product: 'press-control',
    seats: 3,
    order: 'BW-0091',
    madeDaysAgo: 200,
    startsDaysAgo: 200,
    devices: [
      { name: 'Bottling 1', activatedDaysAgo: 70 },
      { name: 'Bottling 2', activatedDaysAgo: 69 },
      { name: 'Canning', activatedDaysAgo: 55, refreshedDaysAgo: [8] },
      { name: 'Packing', submittedDaysAgo: 3 },
    ],
  },
  {
    customer: 'brightwater',
    offering: 'linescan-pack',
    product: 'linescan',
    seats: 4,
    order: 'BW-0102',
    madeDaysAgo: 140,
    devices: [
      { name: 'Sorter north', activatedDaysAgo: 130, deactivatedDaysAgo: 95, usage: { scans: 18_250 } },
      { name: 'Sorter south', activatedDaysAgo: 58 },
      { name: 'Label check', activatedDaysAgo: 20 },
    ],
  },
  // The term is over, its grace is not.
  {
    customer: 'brightwater',
    offering: 'press-control-pro',
    product: 'press-control',
    seats: 4,
    order: 'BW-0055',
    madeDaysAgo: 380,
    startsDaysAgo: 371,
    devices: [
      { name: 'Palletiser', activatedDaysAgo: 90, refreshedDaysAgo: [40] },
      { name: 'Wrapping', activatedDaysAgo: 85, refreshedDaysAgo: [2] },
    ],
  },
  {
    customer: 'brightwater',
    offering: 'linescan-site',
    product: 'linescan',
    seats: 10,
    order: 'BW-0110',
    madeDaysAgo: 60,
    disabledDaysAgo: 9,
    devices: fleet({ name: 'Cold store', count: 2, firstDaysAgo: 24, everyDays: 3 }),
  },
];

const TESSELLATE: readonly DemoEntitlement[] = [
  // More devices than seats, which this offering allows.
  {
    customer: 'tessellate',
    offering: 'toolpath-studio',
    product: 'toolpath',
    seats: 4,
    order: 'TO-7713',
    madeDaysAgo: 100,
    startsDaysAgo: 95,
    devices: fleet({ name: 'Grinder', count: 6, firstDaysAgo: 57, everyDays: 9 }),
  },
  // Every seat and the overdraft are in use.
  {
    customer: 'tessellate',
    offering: 'linescan-site',
    product: 'linescan',
    seats: 10,
    order: 'TO-7802',
    madeDaysAgo: 75,
    devices: fleet({ name: 'Interferometer', count: 11, firstDaysAgo: 28, everyDays: 2 }),
  },
  {
    customer: 'tessellate',
    offering: 'press-control-pro',
    product: 'press-control',
    seats: 2,
    order: 'TO-6120',
    madeDaysAgo: 500,
    startsDaysAgo: 500,
    devices: [{ name: 'Lens press', activatedDaysAgo: 400 }],
  },
  {
    customer: 'tessellate',
    offering: 'toolpath-trial',
    product: 'toolpath',
    seats: 1,
    order: '',
    madeDaysAgo: 80,
    devices: [{ name: 'Demo cell', activatedDaysAgo: 70 }],
  },
];

export const DEMO_ENTITLEMENTS: readonly DemoEntitlement[] = [...HALLMANN, ...BRIGHTWATER, ...TESSELLATE];
