import { LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { DeviceListed } from '@/lib/operations/devices/list-devices';
import { listDevices } from '@/lib/operations/devices/list-devices';
import { perform } from '@/lib/operations/operation';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';

/** Details in addition to the name. */
const details = Object.fromEntries(
  LISTED_DETAILS.filter(([member]) => member !== 'name').map(([member, { label }]) => [
    label,
    ({ device }: DeviceListed) => device[member],
  ]),
);

const COLUMNS = {
  Device: ({ device }: DeviceListed) => device.name,
  ...details,
  'Host name': ({ device }: DeviceListed) => device.hostname,
  System: ({ device }: DeviceListed) => device.platform,
  'Software version': ({ device }: DeviceListed) => device.appVersion,
  Customer: (row: DeviceListed) => row.customerName,
  Product: ({ activation }: DeviceListed) => activation?.productName ?? null,
  State: ({ activation, now }: DeviceListed) => (activation === null ? null : activationStateAt(activation, now)),
  'Lease until': ({ activation }: DeviceListed) => activation?.leaseEndsAt ?? null,
  'First file': ({ device }: DeviceListed) => device.firstSeenAt,
  'Last file': ({ device }: DeviceListed) => device.lastSeenAt,
  'Device id': ({ device }: DeviceListed) => device.id,
};

/** Exports the devices as CSV, with the filter of the page. */
export const GET = answerRoute(async (request) => {
  const search = new URL(request.url).searchParams.get('q') ?? '';
  return respondCsv({
    ...{ name: 'devices', page: '/devices', columns: COLUMNS, contextNow: await currentContextReader() },
    readPage: (after, context) => perform(listDevices, { search, after }, context),
  });
});
