import { ButtonLink } from '@/components/actions/button-link';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { Instant } from '@/components/time/instant';
import type { GuestReturned } from '@/lib/operations/guest/guest-shown';
import { GuestSeatCard } from './guest-seats';

/** A seat that a device gave up with its proof. It comes free at once, or once its lease has run out. */
export function GuestSeatReturned({ file }: { readonly file: GuestReturned }) {
  const { deviceName, productName, returnedAt, seats, heldUntil } = file;
  return (
    <>
      <PageHeader
        title={heldUntil === null ? `The seat of ${deviceName} is free again` : `${deviceName} has given up its seat`}
        lead={
          <>
            Given back on <Instant at={returnedAt} precision="minute" />. There is nothing to carry back to the machine.
            {heldUntil === null ? null : (
              <>
                {' '}
                The seat stays in use until <Instant at={heldUntil} precision="minute" />, because so many were given back in a
                short time. Then it comes free by itself.
              </>
            )}
          </>
        }
      />
      <Section id="seats" title={productName}>
        <GuestSeatCard seats={seats} />
        <div className="mt-6">
          <ButtonLink href="/guest" kind="primary">
            Bring another file
          </ButtonLink>
        </div>
      </Section>
    </>
  );
}
