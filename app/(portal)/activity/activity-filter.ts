import { listAddress } from '@/components/tables/list-address';

const NAMES = [
  'kind',
  'who',
  'about',
  'customer',
  'person',
  'device',
  'entitlement',
  'refused',
  'trouble',
  'from',
  'to',
] as const;

/** The filter of the activity list, as in the query of the page; empty text where a field is not set. */
export type ActivityFilter = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the filter from the query. */
export function readActivityFilter(read: (name: string) => string): ActivityFilter {
  const of = (name: keyof ActivityFilter) => read(name).trim();
  const things = { person: of('person'), device: of('device'), entitlement: of('entitlement') };
  const words = { kind: of('kind'), who: of('who'), about: of('about'), customer: of('customer') };
  return { ...words, ...things, refused: of('refused'), trouble: of('trouble'), from: of('from'), to: of('to') };
}

/** Converts the filter to the input of the operation. */
export function toFilter(filter: ActivityFilter) {
  const { kind, who, about, customer, person, device, entitlement, refused, trouble, from, to } = filter;
  return {
    ...{ who, about, customer },
    kind: kind || null,
    userId: person || null,
    deviceId: device || null,
    entitlementId: entitlement || null,
    refusedOnly: refused !== '',
    troubleCode: trouble || null,
    from: from || null,
    to: to || null,
  };
}

/** Says whether any field is set. */
export function isFiltered(filter: ActivityFilter): boolean {
  return NAMES.some((name) => filter[name] !== '');
}

/** Formats the address of the list or of its export, with the filter. */
export function activityAddress(
  filter: ActivityFilter,
  { path = '/activity', ...more }: Readonly<Record<string, string>> = {},
): string {
  return listAddress(path, { ...filter, ...more });
}
