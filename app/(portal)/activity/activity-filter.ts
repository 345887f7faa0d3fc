import { listAddress } from '../../../components/tables/list-address';

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

/** What is asked for, as it stands in the address of the page; empty where it is not. */
export type ActivityFilter = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads what is asked for. */
export function readActivityFilter(read: (name: string) => string): ActivityFilter {
  const of = (name: keyof ActivityFilter) => read(name).trim();
  const things = { person: of('person'), device: of('device'), entitlement: of('entitlement') };
  const words = { kind: of('kind'), who: of('who'), about: of('about'), customer: of('customer') };
  return { ...words, ...things, refused: of('refused'), trouble: of('trouble'), from: of('from'), to: of('to') };
}

/** What is asked for, as the operation takes it. */
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

/** Says whether anything less than everything is asked for. */
export function isFiltered(filter: ActivityFilter): boolean {
  return NAMES.some((name) => filter[name] !== '');
}

/** The address of a page of the list, or of a file of it. */
export function activityAddress(
  filter: ActivityFilter,
  { path = '/activity', ...more }: Readonly<Record<string, string>> = {},
): string {
  return listAddress(path, { ...filter, ...more });
}
