import type { Json } from '@/lib/licensing/exchange/request';
import type { LicenceAndOthers, LicenceFacts, LicenceInclude, MachineFileDetails, MachineInclude } from './licence-details';

/** One resource of JSON:API. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly relationships: Readonly<Record<string, { readonly data: { readonly type: string; readonly id: string } }>>;
}

type Attributes = Readonly<Record<string, Json>>;
/** Relationship -> type and id of its resource; an id of null leaves the relationship out. */
type Belongs = Readonly<Record<string, readonly [type: string, id: string | null]>>;

function resource(type: string, { id, ...attributes }: Attributes & { readonly id: string }, belongs: Belongs): Resource {
  const named = Object.entries(belongs).flatMap(([name, [ofType, ofId]]) =>
    ofId === null ? [] : [[name, { data: { type: ofType, id: ofId } }] as const],
  );
  return { type, id, attributes, relationships: Object.fromEntries(named) };
}

/** A licence as a resource, with every attribute that clients look for. */
export function licenceResource(account: string, { productId, policyId, ownerId, ...facts }: LicenceFacts): Resource {
  return resource('licenses', facts, {
    account: ['accounts', account],
    product: ['products', productId],
    policy: ['policies', policyId],
    owner: ['users', ownerId],
  });
}

/** The machine of a file as a resource. */
export function machineResource(account: string, { machine, licence }: MachineFileDetails): Resource {
  const { ownerId, ...facts } = machine;
  return resource('machines', facts, {
    account: ['accounts', account],
    product: ['products', licence.productId],
    license: ['licenses', licence.id],
    owner: ['users', ownerId],
  });
}

/** The resources that a licence file names, in its order, each once. */
export function includedWithLicence(
  account: string,
  of: LicenceAndOthers,
  include: readonly LicenceInclude[],
): readonly Resource[] {
  return once(include.flatMap((name) => besideLicence(account, of, name)));
}

/** The resources that a machine file names, in its order, each once. */
export function includedWithMachine(account: string, details: MachineFileDetails): readonly Resource[] {
  return once(details.include.flatMap((name) => besideMachine(account, details, name)));
}

function once(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((each) => [`${each.type}/${each.id}`, each])).values()];
}

function besideLicence(account: string, of: LicenceAndOthers, name: LicenceInclude): readonly Resource[] {
  const belongs: Belongs = { account: ['accounts', account] };
  switch (name) {
    case 'entitlements':
      return of.entitlements.map((facts) => resource('entitlements', facts, belongs));
    case 'product':
      return [resource('products', of.product, belongs)];
    case 'policy':
      return [resource('policies', of.policy, { ...belongs, product: ['products', of.product.id] })];
    case 'owner':
      return of.owner === null ? [] : [resource('users', of.owner, belongs)];
    case 'users':
      return of.users.map((facts) => resource('users', facts, belongs));
    // A portal has neither: one vendor, one installation.
    case 'environment':
    case 'group':
      return [];
  }
}

function besideMachine(account: string, details: MachineFileDetails, name: MachineInclude): readonly Resource[] {
  switch (name) {
    case 'license':
      return [licenceResource(account, details.licence)];
    case 'license.entitlements':
      return besideLicence(account, details, 'entitlements');
    case 'license.product':
      return besideLicence(account, details, 'product');
    case 'license.policy':
      return besideLicence(account, details, 'policy');
    case 'owner':
    case 'license.owner':
      return besideLicence(account, details, 'owner');
    case 'license.users':
      return besideLicence(account, details, 'users');
    case 'components':
      return details.components.map((facts) =>
        resource('components', facts, { account: ['accounts', account], machine: ['machines', details.machine.id] }),
      );
    case 'environment':
    case 'group':
      return [];
  }
}
