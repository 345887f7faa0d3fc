import { ButtonLink } from '@/components/actions/button-link';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Described } from '@/components/time/described';
import { Instant } from '@/components/time/instant';
import { holdsSeatAt } from '@/lib/licensing/seats/activation';
import { returnsLeft } from '@/lib/licensing/seats/allowance';
import { describeHeldReturn } from '@/lib/licensing/seats/describe-seats';
import type { ExchangeShown, ExchangeSubject } from '@/lib/operations/exchange/show-exchange';
import { MayRunOn } from '../../seats/may-run-on';

interface SeatReturnedProps {
  readonly exchange: ExchangeShown;
  readonly found: ExchangeSubject;
  readonly now: Date;
}

/** Shows a seat returned with proof. It is free at once, or when its lease ends. */
export function SeatReturned({ exchange, found, now }: SeatReturnedProps) {
  const { entitlement, device, activation, returnedAts } = found;
  const heldUntil = holdsSeatAt(activation, now) ? activation.runsOutAt : null;
  const held = describeHeldReturn({ heldUntil }, returnsLeft(entitlement, returnedAts, now), now);
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={heldUntil === null ? `The seat of ${device.name} is free again` : `${device.name} has given up its seat`}
        lead={
          <>
            Given back on <Instant at={exchange.at} precision="minute" />. There is nothing to carry back to the machine.
          </>
        }
      />
      {held.length === 0 ? null : (
        <div className="mb-6">
          <Note tone="soon">
            <Described parts={held} />
          </Note>
        </div>
      )}
      <Card>
        <h2 className="mb-4 font-medium text-ink-3 text-sm">{titleOfEntitlement(entitlement)}</h2>
        <SeatMeterLarge count={seatCountOf(entitlement)} />
        <div className="mt-5 empty:hidden">
          <MayRunOn entitlement={entitlement} now={now} />
        </div>
        <div className="mt-6 flex flex-wrap gap-3">
          <ButtonLink href="/exchange" kind="primary">
            Bring another file
          </ButtonLink>
          <ButtonLink href={`/entitlements/${entitlement.id}`}>Show all seats</ButtonLink>
        </div>
      </Card>
    </>
  );
}
