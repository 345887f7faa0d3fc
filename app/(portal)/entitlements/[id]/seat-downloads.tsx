import { DownloadLink } from '@/components/actions/download-link';
import { ZipForm } from '@/components/actions/zip-form';
import { listAddress } from '@/components/tables/list-address';

interface SeatDownloadsProps {
  readonly entitlementId: string;
  /** Address of the page. */
  readonly here: string;
  /** Devices with a running lease. */
  readonly active: number;
  readonly ended: string;
}

/** Offers a zip with a refresh file for each device, and the table of seats as CSV. */
export function SeatDownloads({ entitlementId, here, active, ended }: SeatDownloadsProps) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-3">
      {active === 0 ? null : (
        <ZipForm
          action={`${here}/refresh-files`}
          fileName={`refresh-files-${entitlementId.slice(0, 8)}.zip`}
          total={active}
          label={active === 1 ? 'Refresh file as a zip' : `Refresh files for all ${active} devices`}
        />
      )}
      <DownloadLink href={listAddress(`${here}/export`, { ended })} fileName="seats.csv" label="Export CSV" />
    </div>
  );
}
