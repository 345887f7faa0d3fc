import { FileClock } from '@lucide/icons';
import type { Metadata } from 'next';
import { TextLink } from '@/components/actions/text-link';
import { ActivationBadge } from '@/components/badges/activation-badge';
import { ExchangeTimeline } from '@/components/exchange/exchange-timeline';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { listAddress } from '@/components/tables/list-address';
import { describeSkew } from '@/components/time/describe-skew';
import { Instant } from '@/components/time/instant';
import { driftHistory } from '@/lib/licensing/devices/drift-history';
import { explain } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { deviceNotes } from '@/lib/operations/devices/device-notes';
import { showDevice } from '@/lib/operations/devices/show-device';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { toInspectedTimeline, toTimeline } from '../../exchange/to-timeline';
import { DeviceActivations } from './activations';
import { DeviceFacts, FingerprintTable } from './device-facts';
import { DriftHistory } from './drift';
import { DeviceLeases } from './leases';
import { DeviceNotes } from './notes';
import { RenameForm } from './rename-form';
import { RenameNotes } from './rename-notes';

export const metadata: Metadata = { title: 'Device' };

/** Shows a device: its seats, every file in and out, and its fingerprint. */
export default async function DevicePage({ params, searchParams }: PageProps<'/devices/[id]'>) {
  const { id } = await params;
  const here = `/devices/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const result = resultForPage(await perform(showDevice, { deviceId: id }, await requestContext()), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;

  const inspects = mayPerform(actor.role, 'file:inspect');
  const notes = mayPerform(actor.role, 'device-note:manage') ? await readNotes(id) : null;
  const { device, customerName, activation, activations, leases, exchanges, components, now } = result.value;
  const cameBackAt = activations.find((row) => row.cameBackAt !== null && !row.isSuperseded)?.cameBackAt ?? null;
  return (
    <>
      <PageHeader
        back={{ href: '/devices', label: 'Devices' }}
        title={device.name}
        lead={actor.role === 'support' ? customerName : undefined}
        state={activation === null ? null : <ActivationBadge state={activationStateAt(activation, now)} />}
        {...(mayPerform(actor.role, 'device:rename') ? { actions: <RenameForm device={device} /> } : {})}
      />
      <RenameNotes query={await searchParams} name={device.name} />
      <Warnings cameBackAt={cameBackAt} skew={describeSkew(device.clockSkewSeconds)} />
      <Section id="seats" title="Its seats">
        <DeviceActivations activations={activations} now={now} actor={actor} deviceId={device.id} />
      </Section>
      <Section
        id="files"
        title="Every file in and out"
        action={<TextLink href={listAddress('/activity', { device: id })}>Everything that happened to it</TextLink>}
      >
        {exchanges.length === 0 ? (
          <EmptyState icon={FileClock} title="No file yet">
            Files that are exchanged with this device are listed here.
          </EmptyState>
        ) : (
          <ExchangeTimeline events={exchanges.map(inspects ? toInspectedTimeline : toTimeline)} />
        )}
      </Section>
      {leases.length === 0 ? null : (
        <Section id="leases" title="Leases" lead="Every window it was ever given to run in.">
          <DeviceLeases leases={leases} />
        </Section>
      )}
      <Section id="about" title="About the device">
        <DeviceFacts device={device} />
      </Section>
      <Section
        id="fingerprint"
        title="Fingerprint"
        lead="What the device is known by. Only digests of its components ever leave it."
      >
        <DriftHistory history={driftHistory(components)} />
        <FingerprintTable components={[...components].sort((one, other) => Number(other.counts) - Number(one.counts))} />
      </Section>
      {notes === null ? null : (
        <Section id="notes" title="Notes" lead="For support alone; the customer does not see them.">
          <DeviceNotes deviceId={device.id} notes={notes} />
        </Section>
      )}
    </>
  );
}

function Warnings({ cameBackAt, skew }: { readonly cameBackAt: Date | null; readonly skew: string | null }) {
  return (
    <div className="mb-8 grid gap-3 empty:hidden">
      {cameBackAt === null ? null : (
        <Note tone="soon">
          This device came back: a file of it was brought here on <Instant at={cameBackAt} precision="minute" />, after its seat
          had been released.
        </Note>
      )}
      {skew === null ? null : <Note tone="soon">The clock of this device was {skew} when it wrote its last request.</Note>}
    </div>
  );
}

async function readNotes(deviceId: string) {
  const notes = await perform(deviceNotes, { deviceId }, await requestContext());
  return notes.ok ? notes.value : [];
}
