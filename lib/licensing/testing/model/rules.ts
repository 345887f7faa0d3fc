import type { Fingerprint } from '../../devices/fingerprint';
import { countMatches, requiredToRun } from '../../devices/fingerprint';
import type { DescribedActivation, ProductRules } from '../../exchange/decide-activation';
import type { AllowanceLeft } from '../../seats/allowance';
import { reinstallsLeft, reinstallTimes, returnsLeft, returnTimes } from '../../seats/allowance';
import type { TakeOverRules } from '../../seats/lookalike';
import type { DialectOfModel } from './world';
import { PARTS } from './world';

/** The rules that the model can go without, one at a time. All other rules are the portal's own. */
export interface Rules {
  readonly reinstallsLeft: typeof reinstallsLeft;
  readonly returnsLeft: typeof returnsLeft;
  readonly product: ProductRules;
  /** How many components of an answer must match. */
  readonly requiredToRun: typeof requiredToRun;
  /** The activation of the key that signed, as a request with this fingerprint is compared with it. */
  comparedByKey<Row extends DescribedActivation>(row: Row, seen: Fingerprint): Row;
  /** The activation that the fingerprint shows, as a request is compared with it. */
  comparedByName<Row extends DescribedActivation>(row: Row, seen: Fingerprint, keyIsOf: 'activation' | 'device'): Row;
  readonly takeOver: (rules: TakeOverRules) => TakeOverRules;
  /** Dialects of the devices that a request is compared with. */
  readonly isCompared: (device: DialectOfModel, request: DialectOfModel) => boolean;
  /** Whether a file is late enough to be a deactivation, when these activations were answered. */
  readonly isLater: (writtenAt: number, answeredAts: readonly number[]) => boolean;
  /** What a file is known by when it is handed in as this kind. */
  readonly keyOfFile: (file: number, kind: string) => string;
  /** Whether an undo passes the guards of a code with seats and of machines that may be activated once. */
  readonly undoIsGuarded: boolean;
  /** commit_issue, take_seat, commit_release: the bound of reinstalls. */
  readonly reinstallTimes: typeof reinstallTimes;
  /** commit_return: the bound of returns. */
  readonly returnTimes: typeof returnTimes;
  /** commit_issue: how the seat of an activation that moves came free. */
  readonly movedAs: (kind: 'deactivated' | 'released' | 'revoked' | null) => 'deactivated' | 'released' | 'revoked';
}

const DECLARED: ProductRules = {
  fingerprintRequired: 2,
  fingerprintComponents: PARTS,
  fingerprintMust: [],
  greatestRequestAge: null,
};

/** The rules as they are. */
export const RULES: Rules = {
  reinstallsLeft,
  returnsLeft,
  product: DECLARED,
  requiredToRun,
  comparedByKey: (row) => row,
  comparedByName: (row) => row,
  takeOver: (rules) => rules,
  isCompared: (device, request) => device === request,
  isLater: (writtenAt, answeredAts) => answeredAts.every((at) => at < writtenAt),
  keyOfFile: (file) => `${file}`,
  undoIsGuarded: true,
  reinstallTimes,
  returnTimes,
  movedAs: () => 'released',
};

const NO_LIMIT = 1_000_000;
const unlimited = (left: AllowanceLeft): AllowanceLeft => ({ ...left, times: NO_LIMIT, left: NO_LIMIT });
const asProductAsks: Rules['requiredToRun'] = (_, __, rules) => rules.fingerprintRequired;
const looksTheSame = <Row extends DescribedActivation>(row: Row, seen: Fingerprint): Row => ({
  ...row,
  fingerprint: seen,
  earlierFingerprints: [],
});
/** Two parts in common with each fingerprint that still runs were enough. */
const byTwoParts = <Row extends DescribedActivation>(row: Row, seen: Fingerprint): Row => {
  const running = [row.fingerprint, ...row.earlierFingerprints.map(({ fingerprint }) => fingerprint)];
  return running.every((fingerprint) => countMatches(fingerprint, seen) >= 2) ? looksTheSame(row, seen) : row;
};

/** Rules as they were before a weakness was closed, and the dialects that it needs. */
export interface Mutant {
  readonly rules: Partial<Rules>;
  readonly dialects: readonly DialectOfModel[];
}

/** Weaknesses that the search has to find without the rule that closes them. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'a seat moves to any lookalike of its machine, without limit': {
    dialects: ['native'],
    rules: {
      takeOver: (rules) => ({ ...rules, releaser: { role: 'operator' }, reinstalls: unlimited(rules.reinstalls) }),
      reinstallTimes: () => NO_LIMIT,
    },
  },
  'parts that no product declares count, and two are enough': {
    dialects: ['native'],
    rules: {
      product: { ...DECLARED, fingerprintComponents: null },
      requiredToRun: asProductAsks,
      comparedByKey: byTwoParts,
    },
  },
  'a key goes on with any parts': { dialects: ['native'], rules: { comparedByKey: looksTheSame } },
  'two parts in common are enough for the same key': { dialects: ['native'], rules: { comparedByKey: byTwoParts } },
  'an answer runs where two of its parts are': { dialects: ['native'], rules: { requiredToRun: asProductAsks } },
  'a seat is taken over across dialects': {
    dialects: ['native', 'licensespring'],
    rules: {
      isCompared: () => true,
      comparedByName: (row, seen, keyIsOf) => (keyIsOf === 'device' ? looksTheSame(row, seen) : row),
    },
  },
  'a file written when the activation was is its deactivation': {
    dialects: ['licensespring'],
    rules: {
      isLater: (writtenAt, answeredAts) => answeredAts.every((at) => at <= writtenAt),
      keyOfFile: (file, kind) => `${file} ${kind}`,
    },
  },
  'the same bytes count as both kinds, held against the last answer alone': {
    dialects: ['licensespring'],
    rules: {
      isLater: (writtenAt, answeredAts) => (answeredAts.at(-1) ?? 0) < writtenAt,
      keyOfFile: (file, kind) => `${file} ${kind}`,
    },
  },
  'an undo does not ask for the seats of a code': { dialects: ['licensespring'], rules: { undoIsGuarded: false } },
  'an undo does not ask for machines elsewhere': { dialects: ['keygen'], rules: { undoIsGuarded: false } },
  'returns are without limit': {
    dialects: ['native'],
    rules: { returnsLeft: (...of) => unlimited(returnsLeft(...of)), returnTimes: () => NO_LIMIT },
  },
  'a seat that a proof did not free moves without being counted': {
    dialects: ['native'],
    rules: { movedAs: (kind) => kind ?? 'released' },
  },
};
