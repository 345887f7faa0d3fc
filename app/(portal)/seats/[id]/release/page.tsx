import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/components/acts/button-link';
import { SubmitButton } from '@/components/acts/submit-button';
import { Field } from '@/components/forms/field';
import { Card } from '@/components/frame/card';
import { PageHeader } from '@/components/frame/page-header';
import { Note } from '@/components/notes/note';
import { Instant } from '@/components/time/instant';
import { explain } from '@/lib/licensing/rejection';
import { perform } from '@/lib/operations/operation';
import { RELEASE_REASONS } from '@/lib/operations/release-seat';
import { showSeat } from '@/lib/operations/show-seat';
import { requestContext, requireSignedIn } from '@/lib/web/context';
import { resultForPage } from '@/lib/web/respond';
import { titleOfEntitlement } from '../../../count-seats';
import { release } from '../../../entitlements/actions';
import { oneOf } from '../../../list-address';
import { RefusedNote } from '../../../refused-note';

export const metadata: Metadata = { title: 'Release a seat' };

const REASON_WORDS: Record<(typeof RELEASE_REASONS)[number], string> = {
  lost: 'It is lost',
  stolen: 'It was stolen',
  broken: 'It is broken',
  sold: 'It was sold or scrapped',
  reinstalled: 'It was set up anew',
  other: 'Something else',
};

/** Asks before a seat is released without the device's proof, and says until when the device may run. */
export default async function ReleasePage({ params, searchParams }: PageProps<'/seats/[id]/release'>) {
  const { id } = await params;
  const here = `/seats/${encodeURIComponent(id)}/release`;
  await requireSignedIn(here);
  const result = resultForPage(await perform(showSeat, { activationId: id }, await requestContext()), here);
  if (!result.ok) notFound();
  const { activation, device, entitlement, decision } = result.value;
  const back = `/entitlements/${entitlement.id}`;
  return (
    <>
      <PageHeader
        back={{ href: back, label: titleOfEntitlement(entitlement) }}
        title={`Release the seat of ${device.name}`}
        lead="For a device that cannot be deactivated any more. If it can, deactivate it and bring its proof: that frees the seat at once."
      />
      <RefusedNote code={oneOf((await searchParams).refused)} />
      {decision.outcome === 'reject' ? (
        <Note tone="info">{explain(decision.rejection).cause} Nothing was changed.</Note>
      ) : (
        <Card>
          <div className="mb-6">
            <Note tone="soon">
              {device.name} may go on running until <Instant at={activation.runsOutAt} precision="minute" />, because nothing
              tells it.{' '}
              {decision.heldUntil === null
                ? 'Its seat comes free at once.'
                : 'Its seat stays in use until then and comes free by itself.'}
            </Note>
          </div>
          <ReleaseForm activationId={id} back={back} />
        </Card>
      )}
    </>
  );
}

function ReleaseForm({ activationId, back }: { readonly activationId: string; readonly back: string }) {
  return (
    <form action={release} className="grid gap-6">
      <input type="hidden" name="activation" value={activationId} />
      <fieldset className="grid gap-1">
        <legend className="mb-2 font-medium text-sm">What happened to it?</legend>
        {RELEASE_REASONS.map((reason) => (
          <label key={reason} className="flex min-h-11 items-center gap-3 text-sm">
            <input type="radio" name="reason" value={reason} required className="size-4 accent-accent" />
            {REASON_WORDS[reason]}
          </label>
        ))}
      </fieldset>
      <Field id="note" label="Anything to add" name="note" maxLength={500} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton kind="danger" busyText="Releasing…">
          Release seat
        </SubmitButton>
        <ButtonLink href={back} kind="quiet">
          Keep it
        </ButtonLink>
      </div>
    </form>
  );
}
