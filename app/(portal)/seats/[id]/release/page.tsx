import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { PageHeader } from '@/components/layout/page-header';
import { titleOfEntitlement } from '@/components/seats/count-seats';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { perform } from '@/lib/operations/operation';
import { showSeat } from '@/lib/operations/seats/show-seat';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../../refused-note';
import { ReleasedSeat } from './released-seat';
import { SeatToRelease } from './seat-to-release';

export const metadata: Metadata = { title: 'Release a seat' };

const LEAD = 'For a device that cannot be deactivated any more. If it can, deactivate it and bring its proof instead.';

/** Asks for confirmation before a seat is released without the device's proof; afterwards, shows its state and offers to undo. */
export default async function ReleasePage({ params, searchParams }: PageProps<'/seats/[id]/release'>) {
  const { id } = await params;
  const query = await searchParams;
  const wanted = oneOf(query.file);
  const here = listAddress(`/seats/${encodeURIComponent(id)}/release`, { file: wanted });
  await requireSignedIn(here);
  const input = { activationId: id, file: wanted || null };
  const result = resultForPage(await perform(showSeat, input, await requestContext()), here);
  if (!result.ok) notFound();
  const { activation, device, entitlement, undo, file, now, ...seat } = result.value;
  const back =
    file === null
      ? { href: `/entitlements/${entitlement.id}`, label: titleOfEntitlement(entitlement) }
      : { href: `/exchange/${file.id}`, label: file.deviceName ?? 'The file that waits' };
  const isReleased = activation.releaseKind === 'released';
  return (
    <>
      <PageHeader
        back={back}
        title={isReleased ? `The seat of ${device.name}` : `Release the seat of ${device.name}`}
        lead={isReleased ? undefined : LEAD}
        state={<ActivationBadge state={activationStateAt(activation, now)} />}
      />
      <RefusedNote query={query} />
      <div className="grid gap-6">
        {isReleased ? (
          <ReleasedSeat activation={activation} deviceName={device.name} undo={undo} now={now} />
        ) : (
          <SeatToRelease
            {...seat}
            activation={activation}
            policy={entitlement.releasePolicy}
            file={file}
            back={back.href}
            now={now}
          />
        )}
      </div>
    </>
  );
}
