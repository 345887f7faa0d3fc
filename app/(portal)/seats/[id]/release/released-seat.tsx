import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { describeReason } from '@/components/seats/describe-release';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { Reject, Undo } from '@/lib/licensing/exchange/decision';
import { explain } from '@/lib/licensing/refusals/rejection';
import { UndoForm } from '../../undo-form';

interface ReleasedSeatProps {
  readonly activation: {
    readonly id: string;
    readonly releasedAt: Date | null;
    readonly releaseReason: string | null;
    readonly runsOutAt: Date;
    readonly cameBackAt: Date | null;
  };
  readonly deviceName: string;
  readonly undo: Undo | Reject;
  readonly now: Date;
}

/** Shows the state of a seat released without proof, and whether that can be undone. */
export function ReleasedSeat({ activation, deviceName, undo, now }: ReleasedSeatProps) {
  const { id, releasedAt, releaseReason, runsOutAt, cameBackAt } = activation;
  return (
    <Card>
      <Facts
        facts={[
          ...(releasedAt === null
            ? []
            : [{ term: 'Released', value: <Instant at={releasedAt} precision="minute" now={now} focusable /> }]),
          ...(releaseReason === null ? [] : [{ term: 'Reason', value: describeReason(releaseReason) }]),
          {
            term: 'The device',
            value:
              now < runsOutAt ? (
                <>
                  may go on running until <Instant at={runsOutAt} precision="minute" now={now} />
                </>
              ) : (
                'no longer runs: its lease has ended'
              ),
          },
          ...(cameBackAt === null
            ? []
            : [{ term: 'Came back', value: <Instant at={cameBackAt} precision="minute" now={now} focusable /> }]),
        ]}
      />
      <div className="mt-6 grid justify-items-start gap-3">
        {undo.outcome === 'undo' ? (
          <>
            <p className="text-ink-2 text-sm">
              Was {deviceName} found? As long as its seat was not used again, the release can be undone: the files on the device
              count as before.
            </p>
            <UndoForm activationId={id} deviceName={deviceName} size="medium" />
          </>
        ) : (
          <Note tone="info">
            This cannot be undone. {explain(undo.rejection).cause} {explain(undo.rejection).fix}
          </Note>
        )}
      </div>
    </Card>
  );
}
