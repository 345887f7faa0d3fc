import { returnsLeft } from '../../seats/allowance';
import { boundOf, mostCounted, mostMachineDays, mostRunning } from '../what-may-run';
import type { Act, Sequence } from './acts';
import type { File } from './portal';
import { makePortal } from './portal';
import type { Row } from './rows';
import { holds } from './rows';
import type { Rules } from './rules';
import { RULES } from './rules';
import { countBits, machinesThatRun, namedFingerprint, nativeFingerprint } from './world';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ENTITLEMENTS = ['entitlement-0', 'entitlement-1'] as const;

/** The result of an act. */
export interface Step {
  readonly act: Act;
  readonly code: string;
  /** Seats held afterwards, of each entitlement. */
  readonly held: readonly number[];
}

/** The result of a sequence: its steps, up to the first that breaks a bound. */
export interface Played {
  readonly steps: readonly Step[];
  readonly broken: string | null;
  /** The most machines that ran at once, on one entitlement. */
  readonly most: number;
}

/** Plays a sequence. The clock goes on by a minute with every act. */
export function play({ sold, acts }: Sequence, changed: Partial<Rules> = {}): Played {
  const world = makeWorld(sold, { ...RULES, ...changed });
  const steps: Step[] = [];
  for (const act of acts) {
    const code = world.perform(act);
    steps.push({ act, code, held: ENTITLEMENTS.map((id) => world.portal.tables.seatsHeld(id)) });
    const broken = code === 'stale' ? 'expected that a commit holds what was decided, found one that is stale' : world.broken();
    if (broken !== null) return { steps, broken, most: world.most() };
  }
  return { steps, broken: world.brokenSum(), most: world.most() };
}

/** The portal, the files that were written, and the clock. */
function makeWorld(sold: Sequence['sold'], rules: Rules) {
  const portal = makePortal(sold, rules);
  const files: File[] = [];
  /** Machines that run on each answer, computed once. */
  const bits: number[] = [];
  const machineDays = new Map<string, number>();
  let clock = START;
  let written = 0;
  let most = 0;

  function perform(act: Act): string {
    pass(act.act === 'wait' ? act.hours * 60 * MINUTE_MS : MINUTE_MS);
    const now = new Date(clock);
    portal.tables.settleLeases(now);
    switch (act.act) {
      case 'wait':
        return 'done';
      case 'request':
        return request(act, now);
      case 'again':
      case 'turn-round': {
        const file = at(files, act.file);
        if (file === undefined || (act.act === 'turn-round' && file.dialect !== 'licensespring')) return 'nothing';
        if (act.act === 'turn-round') return portal.deactivate(file, null, now);
        // A device page always shows the same text: submitted again, it is another request.
        if (file.dialect === 'keygen') written += 1;
        const again = file.dialect === 'keygen' ? { ...file, id: written - 1 } : file;
        return portal.activate(again, { by: act.by, isAnother: false }, now);
      }
      case 'approve':
        return portal.approve(act.by, now);
      case 'prove':
      case 'refresh':
      case 'release':
      case 'claim':
      case 'undo': {
        const row = at(portal.tables.rows, act.activation);
        return row === undefined ? 'nothing' : ofActivation(act, row, now);
      }
    }
  }

  function request(act: Extract<Act, { act: 'request' }>, now: Date): string {
    const { dialect, described, keys, on, code, by, isAnother, isKept } = act;
    const entitlementId = ENTITLEMENTS[on];
    const isUser = dialect === 'licensespring' && code === 1;
    const named = `${dialect} ${entitlementId} ${isUser ? 'user' : 'licence'} ${described.name}`;
    const file: File = {
      id: written,
      dialect,
      entitlementId,
      deviceKey: dialect === 'native' ? `keys-${on}-${keys}` : named,
      code: isUser ? 1 : 0,
      fingerprint: dialect === 'native' ? nativeFingerprint(described) : namedFingerprint(dialect, described),
      writtenAt: clock,
    };
    written += 1;
    files.push(file);
    return isKept ? 'kept' : portal.activate(file, { by, isAnother }, now);
  }

  function ofActivation(act: Extract<Act, { activation: number }>, row: Row, now: Date): string {
    switch (act.act) {
      case 'prove': {
        if (row.dialect === 'keygen') return 'nothing';
        const { dialect, entitlementId, deviceKey, code } = row;
        written += 1;
        const proof = { id: written - 1, dialect, entitlementId, deviceKey, code, writtenAt: clock };
        return portal.deactivate(proof, dialect === 'native' ? row : null, now);
      }
      case 'refresh':
        return portal.refresh(row, now);
      case 'release':
        return portal.release(row, act.by, now);
      case 'claim':
        return portal.claim(row, act.by, now);
      case 'undo':
        return portal.undo(row, act.by, now);
    }
  }

  /** Lets time pass, and adds up what runs in it. */
  function pass(span: number): void {
    const to = clock + span;
    const ends = portal.given.map(({ runsOutAt }) => runsOutAt.getTime()).filter((end) => end > clock && end < to);
    for (const until of [...ends.sort((one, other) => one - other), to]) {
      for (const id of ENTITLEMENTS) {
        const days = (running(id) * (until - clock)) / DAY_MS;
        machineDays.set(id, (machineDays.get(id) ?? 0) + days);
      }
      clock = until;
    }
  }

  /** Machines that run on some answer of an entitlement. */
  function running(id: string): number {
    const { given } = portal;
    let all = 0;
    given.forEach(({ dialect, fingerprint, required, entitlementId, runsOutAt }, index) => {
      if (entitlementId !== id || runsOutAt.getTime() <= clock) return;
      bits[index] ??= machinesThatRun(dialect, fingerprint, required);
      all |= bits[index] ?? 0;
    });
    return countBits(all);
  }

  /** The bound that is broken; null while all hold. */
  function broken(): string | null {
    for (const id of ENTITLEMENTS) {
      const found = brokenOn(id);
      if (found !== null) return found;
    }
    const early = portal.returned.find(({ isLater }) => !isLater);
    if (early !== undefined) return 'expected a deactivation that was written later than every activation, found an earlier one';
    return sold.isUnique ? brokenUniqueness() : null;
  }

  function brokenOn(id: string): string | null {
    const { tables, returned } = portal;
    const { entitlement, codeSeats } = sold;
    const now = new Date(clock);
    const ofThis = returned.filter(({ row }) => row.entitlementId === id);
    const counted = tables.possiblyRunning(id, now);
    if (counted > mostCounted(entitlement))
      return `expected ${mostCounted(entitlement)} possibly running at most, found ${counted}`;
    const [found, allowed] = [running(id), mostRunning(entitlement, ofThis, now)];
    most = Math.max(most, found);
    if (found > allowed) return `expected ${allowed} machines that run at most, found ${found}`;
    const bound = boundOf(entitlement, now);
    const { since } = returnsLeft(entitlement, [], now);
    const recent = ofThis.filter(({ at }) => at > since).length;
    if (recent > bound.returns)
      return `expected ${bound.returns} returns at most in ${bound.returnSpanDays} days, found ${recent}`;
    const ofUser = tables.of(id).filter((row) => row.code === 1 && holds(row)).length;
    if (codeSeats !== null && ofUser > codeSeats) return `expected ${codeSeats} seats of the user at most, found ${ofUser}`;
    return null;
  }

  function brokenUniqueness(): string | null {
    const names = portal.tables.rows
      .filter(holds)
      .flatMap(({ entitlementId, fingerprint: { components } }) =>
        components.fingerprint === undefined ? [] : [{ entitlementId, name: components.fingerprint }],
      );
    const twice = names.find(({ name, entitlementId }) =>
      names.some((other) => other.name === name && other.entitlementId !== entitlementId),
    );
    return twice === undefined ? null : 'expected a machine on one licence only, found it on two';
  }

  function brokenSum(): string | null {
    const bound = boundOf(sold.entitlement, new Date(START));
    const allowed = mostMachineDays(bound, (clock - START) / DAY_MS);
    const found = Math.max(...machineDays.values(), 0);
    return found > allowed + 1e-6 ? `expected ${allowed} machine-days at most, found ${found}` : null;
  }

  return { portal, perform, broken, brokenSum, most: () => most };
}

function at<Value>(values: readonly Value[], index: number): Value | undefined {
  return values.length === 0 ? undefined : values[index % values.length];
}
