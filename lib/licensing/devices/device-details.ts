import type { AuditAction } from '../audit/audit-action';

interface DetailTerms {
  readonly label: string;
  readonly hint: string;
  /** The greatest length of its one line of text, in characters. */
  readonly max: number;
  readonly isRequired: boolean;
  /** The audit action of a change. */
  readonly audited: AuditAction;
}

/** Details that people enter about a device: each is a column of the device's row, shown and edited with the device. */
export const DEVICE_DETAILS = {
  name: {
    label: 'Name',
    hint: 'For everybody who sees this device. Its next file carries the new name.',
    max: 100,
    isRequired: true,
    audited: 'device.renamed',
  },
  assetTag: {
    label: 'Asset tag',
    hint: 'What you know it by in your own books, such as INV-0042.',
    max: 64,
    isRequired: false,
    audited: 'device.tagged',
  },
} as const satisfies Readonly<Record<string, DetailTerms>>;

export type DeviceDetail = keyof typeof DEVICE_DETAILS;

/** The details of a device, as its row has them. */
export type DeviceDetails = Readonly<Record<DeviceDetail, string | null>>;

/** Every detail with its terms, in the order they are shown in. */
export const LISTED_DETAILS = Object.entries(DEVICE_DETAILS) as readonly [DeviceDetail, DetailTerms][];

/** Describes the details of a device that are filled in, without its name. */
export function describeDetails(device: DeviceDetails): { readonly label: string; readonly value: string }[] {
  return LISTED_DETAILS.flatMap(([member, { label }]) => {
    const value = device[member];
    return member === 'name' || value === null ? [] : [{ label, value }];
  });
}
