import { ButtonLink } from '@/components/acts/button-link';
import { Card } from '@/components/frame/card';
import { PageHeader } from '@/components/frame/page-header';
import { SeatMeterLarge } from '@/components/seats/seat-meter-large';
import { Instant } from '@/components/time/instant';
import type { ExchangeShown, ExchangeSubject } from '@/lib/operations/exchange-shown';
import { seatCountOf, titleOfEntitlement } from '../../count-seats';

interface SeatReturnedProps {
  readonly exchange: ExchangeShown;
  readonly found: ExchangeSubject;
}

/** A seat that came free with a device's proof. */
export function SeatReturned({ exchange, found }: SeatReturnedProps) {
  const { entitlement, device } = found;
  return (
    <>
      <PageHeader
        back={{ href: '/exchange', label: 'Exchange' }}
        title={`The seat of ${device.name} is free again`}
        lead={
          <>
            Given back on <Instant at={exchange.at} precision="minute" />. There is nothing to carry back to the machine.
          </>
        }
      />
      <Card>
        <h2 className="mb-4 font-medium text-ink-3 text-sm">{titleOfEntitlement(entitlement)}</h2>
        <SeatMeterLarge count={seatCountOf(entitlement)} />
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
