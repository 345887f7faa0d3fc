import { TextLink } from '@/components/actions/text-link';
import { Card } from '@/components/layout/card';
import { Facts } from '@/components/tables/facts';
import { describeSkew } from '@/components/time/describe-skew';
import { Described } from '@/components/time/described';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { WouldBe } from '@/lib/operations/support/show-inspection';
import { readableFacts } from '@/lib/web/refusals/readable-facts';

const OUTCOMES: Record<WouldBe['outcome'], string> = {
  grant: 'It would get a seat.',
  renew: 'It would get a new lease on the seat it has.',
  return: 'Its activation would end.',
  repeat: 'It would get the same answer again; it was answered before.',
  reject: 'It would be refused.',
};

/** What handing the file in now would come to. */
export function WouldBeCard({ wouldBe }: { readonly wouldBe: WouldBe }) {
  const { outcome, rejection, seat } = wouldBe;
  const cause = rejection === null ? null : explain({ ...rejection, facts: readableFacts(rejection.facts) }).cause;
  return (
    <Card>
      <p className="mb-4 font-medium">
        {OUTCOMES[outcome]} {cause}
      </p>
      {seat.length === 0 ? null : (
        <p className="mb-4 text-ink-2 text-sm">
          <Described parts={seat} />
        </p>
      )}
      <Facts facts={factsOf(wouldBe)} />
    </Card>
  );
}

function factsOf({ as, entitlement, device, clockSkewSeconds }: WouldBe) {
  const entitlementId = entitlement?.id ?? null;
  const drifted = device?.drifted ?? [];
  const skew = describeSkew(clockSkewSeconds);
  const facts = [
    { term: 'Decided for', value: as },
    { term: 'Customer', value: entitlement?.customerName ?? null },
    { term: 'Entitlement', value: entitlementId && <TextLink href={`/entitlements/${entitlementId}`}>{entitlementId}</TextLink> },
    { term: 'Known device', value: device && <TextLink href={`/devices/${device.id}`}>{device.name}</TextLink> },
    { term: 'Changed about it', value: drifted.length === 0 ? null : drifted.join(', ') },
    { term: 'Its clock', value: skew },
  ];
  return facts.filter(({ value }) => value !== null);
}
