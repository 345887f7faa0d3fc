import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/actions/button-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { showLicence } from '@/lib/operations/keygen/show-licence';
import { perform } from '@/lib/operations/operation';
import { showSeat } from '@/lib/operations/seats/show-seat';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { checkOut, prove } from '../../../keygen/actions';
import { FileOptions } from '../../../keygen/file-options';
import { RefusedNote } from '../../refused-note';

export const metadata: Metadata = { title: 'Machine file' };

/** Makes a new machine file for software built for Keygen: with the defaults, or with options. */
export default async function MachineFilePage({ params, searchParams }: PageProps<'/seats/[id]/machine-file'>) {
  const { id } = await params;
  const here = `/seats/${encodeURIComponent(id)}/machine-file`;
  await requireSignedIn(here);
  const context = await requestContext();
  const seat = resultForPage(await perform(showSeat, { activationId: id, file: null }, context), here);
  if (!seat.ok || seat.value.activation.dialect !== 'keygen') notFound();
  const { activation, device, entitlement, now } = seat.value;
  const licence = resultForPage(await perform(showLicence, { entitlementId: entitlement.id }, context), here);
  if (!licence.ok) notFound();
  const { policy, machineIncludes, always } = licence.value;
  const state = activationStateAt(activation, now);
  const back = `/devices/${device.id}`;
  return (
    <>
      <PageHeader
        back={{ href: back, label: device.name }}
        title={`A new machine file for ${device.name}`}
        lead="It lets this machine run from now on, with a new end. It keeps its seat; no second one is used."
        state={<ActivationBadge state={state} />}
      />
      <RefusedNote query={await searchParams} />
      <Card>
        <form action={checkOut} className="grid gap-6">
          <input type="hidden" name="activation" value={id} />
          <FileOptions usual={{ ...policy, include: policy.machineIncludes }} includes={machineIncludes} always={always} />
          <div className="flex flex-wrap gap-3">
            <SubmitButton busyText="Writing…">Make the machine file</SubmitButton>
            <ButtonLink href={back} kind="quiet">
              Not now
            </ButtonLink>
          </div>
        </form>
      </Card>
      {state === 'active' && policy.proofs ? (
        <Section
          id="proof"
          title="Activation proof"
          lead="A line of text that says this machine is activated. It has no end of its own: use it only where the software asks for one."
        >
          <form action={prove}>
            <input type="hidden" name="activation" value={id} />
            <SubmitButton kind="secondary" busyText="Writing…">
              Make an activation proof
            </SubmitButton>
          </form>
        </Section>
      ) : null}
    </>
  );
}
