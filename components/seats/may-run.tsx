import { TextLink } from '../actions/text-link';
import { Note } from '../feedback/note';
import { Instant } from '../time/instant';
import { formatCount } from './seat-count';

/** A machine whose seat came free before its lease ended. */
export interface RunningMachine {
  readonly id: string;
  /** Null when this reader may not see it. */
  readonly name: string | null;
  readonly href?: string;
  readonly freedAt: Date;
  readonly runsOutAt: Date;
  /** True when its seat moved to a newer installation; false when it was released. */
  readonly wasSetUpAnew: boolean;
}

interface MayRunProps {
  /** Machines that may run, those without a seat included. */
  readonly running: number;
  readonly held: number;
  /** When the last machine without a seat stops. */
  readonly until: Date | null;
  readonly machines?: readonly RunningMachine[];
}

/** Warns that more machines may run than seats are in use, and lists them: "6 machines may run on 5 seats until 3 Mar". Otherwise nothing. */
export function MayRun({ running, held, until, machines = [] }: MayRunProps) {
  if (running <= held || until === null) return null;
  const sentence = (
    <p className={machines.length === 0 ? 'border-line border-t pt-4 text-ink-2 text-sm' : ''}>
      {formatCount(running)} {running === 1 ? 'machine' : 'machines'} may run on {seatWords(held)} until <Instant at={until} />.
    </p>
  );
  if (machines.length === 0) return sentence;
  const more = running - held - machines.length;
  return (
    <Note tone="info">
      {sentence}
      <ul className="mt-1 grid gap-1 text-ink-2">
        {machines.map((machine) => (
          <li key={machine.id}>
            <Reason {...machine} />
          </li>
        ))}
        {more > 0 ? <li>And {formatCount(more)} more.</li> : null}
      </ul>
    </Note>
  );
}

function seatWords(held: number): string {
  if (held === 0) return 'no seat';
  return held === 1 ? '1 seat' : `${formatCount(held)} seats`;
}

function Reason({ name, href, freedAt, runsOutAt, wasSetUpAnew }: RunningMachine) {
  const machine = name ?? 'A machine that you cannot see';
  return (
    <>
      {href === undefined ? machine : <TextLink href={href}>{machine}</TextLink>} was{' '}
      {wasSetUpAnew ? 'set up anew' : 'released, and its seat came free'} on <Instant at={freedAt} />;{' '}
      {wasSetUpAnew ? 'the old installation' : 'it'} may run until <Instant at={runsOutAt} />.
    </>
  );
}
