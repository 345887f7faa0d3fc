import fc from 'fast-check';
import { makeEntitlement } from '../cases';
import type { Person, Sold } from './rows';
import type { Described, DialectOfModel, PartOf } from './world';
import { MACHINES, PARTS } from './world';

/** An allowed act. Numbers of files and activations are taken modulo how many there are. */
export type Act =
  | {
      readonly act: 'request';
      readonly dialect: DialectOfModel;
      readonly described: Described;
      /** Keys, told apart by number. Any machine may have copied them. */
      readonly keys: number;
      readonly on: 0 | 1;
      readonly code: 0 | 1;
      readonly by: Person;
      readonly isAnother: boolean;
      /** Written and kept, not handed in. */
      readonly isKept: boolean;
    }
  | { readonly act: 'again' | 'turn-round'; readonly file: number; readonly by: Person }
  | { readonly act: 'prove' | 'refresh'; readonly activation: number }
  | { readonly act: 'release' | 'claim' | 'undo'; readonly activation: number; readonly by: Person }
  | { readonly act: 'approve'; readonly by: 'admin' | 'support' }
  | { readonly act: 'wait'; readonly hours: number };

/** Mostly one of a few, so that acts meet the same files and activations. */
const oneOf = (count: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: fc.nat({ max: count - 1 }) });

const machine = oneOf(MACHINES);
const own = (number: number): PartOf[] => PARTS.map(() => number);

/** Parts of one machine; of two, mixed; of one with some of another; or any at all. */
const parts: fc.Arbitrary<PartOf[]> = fc.oneof(
  { weight: 4, arbitrary: machine.map(own) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(machine, machine, fc.constantFrom<readonly number[]>([0, 1], [2, 3, 4], [0, 4], [3], [1, 2]))
      .map(([one, other, places]) => own(one).map((part, place) => (places.includes(place) ? other : part))),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof<fc.Arbitrary<PartOf>[]>(machine, fc.constantFrom<PartOf>('none', 'made-up')), {
      minLength: PARTS.length,
      maxLength: PARTS.length,
    }),
  },
);

const described = fc.record({ parts, beside: fc.boolean(), name: machine });
const seldom = fc.nat({ max: 5 }).map((n) => n === 5);
const by = fc.constantFrom<Person[]>('member', 'admin', 'admin', 'guest');
const signedIn = fc.constantFrom<Person[]>('member', 'admin', 'support');
const index = oneOf(8);

function act(dialects: readonly DialectOfModel[]): fc.Arbitrary<Act> {
  const request = fc.record({
    act: fc.constant('request' as const),
    dialect: fc.constantFrom(...dialects),
    described,
    keys: fc.nat({ max: 3 }),
    on: fc.constantFrom<(0 | 1)[]>(0, 0, 0, 1),
    code: fc.constantFrom<(0 | 1)[]>(0, 1),
    by,
    isAnother: seldom,
    isKept: seldom,
  });
  const ofFile = fc.record({ act: fc.constantFrom('again' as const, 'turn-round' as const), file: index, by });
  const ofActivation = fc.record({
    act: fc.constantFrom('prove' as const, 'prove' as const, 'refresh' as const),
    activation: index,
  });
  const acting = fc.constantFrom('release' as const, 'release' as const, 'claim' as const, 'undo' as const, 'undo' as const);
  const ofSeat = fc.record({ act: acting, activation: index, by: signedIn });
  const approve = fc.record({ act: fc.constant('approve' as const), by: fc.constantFrom('admin' as const, 'support' as const) });
  const wait = fc.record({ act: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 24 * 20, 24 * 40, 24 * 400) });
  return fc.oneof(
    { weight: 8, arbitrary: request },
    { weight: dialects.includes('licensespring') ? 4 : 2, arbitrary: ofFile },
    { weight: 4, arbitrary: ofActivation },
    { weight: 4, arbitrary: ofSeat },
    { weight: 1, arbitrary: approve },
    { weight: 1, arbitrary: wait },
  );
}

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> => fc.constantFrom(usual, usual, ...others);

const terms = fc.record({
  seats: fc.constantFrom(1, 1, 2, 3),
  overdraft: often(0, 1),
  reinstalls: fc.record({ times: fc.constantFrom(null, 0, 2), days: often<number | null>(null, 10) }),
  returns: fc.record({ times: fc.constantFrom(null, 0, 1), days: often<number | null>(null, 10) }),
  lease: fc.constantFrom('P30D', 'P100Y'),
  grace: often<string | null>(null, 'P7D'),
});

const policy = fc.record({
  allowedBy: fc.constantFrom<('member' | 'customer_admin' | 'support')[][]>(
    ['member', 'customer_admin', 'support'],
    ['customer_admin'],
    [],
  ),
  needsApproval: often(false, true),
  needsIndependence: fc.constant(false),
  limit: often<{ releases: number; days: number } | null>(null, { releases: 1, days: 30 }),
  frees: fc.constantFrom<('at-once' | 'when-lease-ran-out')[]>('at-once', 'when-lease-ran-out'),
});

const ALL: readonly DialectOfModel[] = ['native', 'licensespring', 'keygen'];

/** What was sold. The term has no end, so that leases are all that ends. */
const sold = (dialects: fc.Arbitrary<readonly DialectOfModel[]>): fc.Arbitrary<Sold> =>
  fc
    .record({ terms, policy, dialects, codeSeats: often<number | null>(1, null), isUnique: fc.boolean() })
    .map(({ terms: { lease, grace, overdraft, reinstalls, returns, seats }, ...rest }) => ({
      ...rest,
      entitlement: makeEntitlement({
        planType: 'perpetual',
        startsAt: new Date(0),
        termLength: null,
        termEndsAt: null,
        offlineLeasePeriod: lease,
        gracePeriod: grace,
        seats,
        overdraft: overdraft === 0 ? { kind: 'none' } : { kind: 'absolute', seats: overdraft },
        allowances: { reinstalls, returns },
      }),
    }));

/** Terms and acts on them: of one dialect, or of several. */
export interface Sequence {
  readonly sold: Sold;
  readonly acts: readonly Act[];
}

/** @param input.dialects of the sale; by default one, two or all */
export function sequences(input: { dialects?: readonly DialectOfModel[]; most?: number } = {}): fc.Arbitrary<Sequence> {
  const { dialects, most = 14 } = input;
  const sets = fc.oneof(
    ...ALL.map((one) => fc.constant([one] as readonly DialectOfModel[])),
    fc.subarray([...ALL], { minLength: 2 }),
  );
  const chosen = dialects === undefined ? sets : fc.constant(dialects);
  return sold(chosen).chain((what) => fc.record({ sold: fc.constant(what), acts: actsWith(what.dialects, most) }));
}

/** Acts with files of these dialects. */
export function actsWith(dialects: readonly DialectOfModel[], most: number): fc.Arbitrary<Act[]> {
  return fc.array(act(dialects), { minLength: 1, maxLength: most, size: 'max' });
}
