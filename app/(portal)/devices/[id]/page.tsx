import { FileClock } from '@lucide/icons';
import type { Metadata } from 'next';
import { ExchangeTimeline } from '@/components/files/exchange-timeline';
import { PageHeader } from '@/components/frame/page-header';
import { Section } from '@/components/frame/section';
import { EmptyState } from '@/components/notes/empty-state';
import { Note } from '@/components/notes/note';
import { ActivationBadge } from '@/components/state/activation-badge';
import { Instant } from '@/components/time/instant';
import { activationStateAt } from '@/lib/licensing/activation';
import { explain } from '@/lib/licensing/rejection';
import { perform } from '@/lib/operations/operation';
import { showDevice } from '@/lib/operations/show-device';
import { requestContext, requireSignedIn } from '@/lib/web/context';
import { resultForPage } from '@/lib/web/respond';
import { describeSkew } from '../../../describe-skew';
import { oneOf } from '../../list-address';
import { RefusedNote } from '../../refused-note';
import { toTimeline } from '../../to-timeline';
import { DeviceActivations } from './activations';
import { DeviceFacts, FingerprintTable } from './facts';

export const metadata: Metadata = { title: 'Device' };

/** One machine: its seats, every file in and out, and what it is known by. */
export default async function DevicePage({ params, searchParams }: PageProps<'/devices/[id]'>) {
  const { id } = await params;
  const here = `/devices/${encodeURIComponent(id)}`;
  const { actor } = await requireSignedIn(here);
  const result = resultForPage(await perform(showDevice, { deviceId: id }, await requestContext()), here);
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;

  const { device, customerName, activation, activations, exchanges, components, now } = result.value;
  const skew = describeSkew(device.clockSkewSeconds);
  return (
    <>
      <PageHeader
        back={{ href: '/devices', label: 'Devices' }}
        title={device.name}
        lead={actor.role === 'support' ? customerName : undefined}
        state={activation === null ? null : <ActivationBadge state={activationStateAt(activation, now)} />}
      />
      <RefusedNote code={oneOf((await searchParams).refused)} />
      <div className="mb-8 grid gap-3 empty:hidden">
        {activation?.cameBackAt == null ? null : (
          <Note tone="soon">
            This device came back: a file of it was brought here on <Instant at={activation.cameBackAt} precision="minute" />,
            after its seat had been released.
          </Note>
        )}
        {skew === null ? null : <Note tone="soon">The clock of this device was {skew} when it wrote its last request.</Note>}
      </div>
      <Section id="seats" title="Its seats">
        <DeviceActivations activations={activations} now={now} role={actor.role} deviceId={device.id} />
      </Section>
      <Section id="files" title="Every file in and out">
        {exchanges.length === 0 ? (
          <EmptyState icon={FileClock} title="No file yet">
            Files that are exchanged with this device are listed here.
          </EmptyState>
        ) : (
          <ExchangeTimeline events={exchanges.map(toTimeline)} />
        )}
      </Section>
      <Section id="about" title="About the device">
        <DeviceFacts device={device} />
      </Section>
      <Section
        id="fingerprint"
        title="Fingerprint"
        lead="What the device is known by. Only digests of its components ever leave it."
      >
        <FingerprintTable components={components} />
      </Section>
    </>
  );
}
