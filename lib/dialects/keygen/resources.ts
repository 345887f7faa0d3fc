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

/** Formats a licence as a resource, with every attribute that clients look for. */
export function licenceResource(account: string, { productId, policyId, ownerId, ...facts }: LicenceFacts): Resource {
  return resource('licenses', facts, {
    account: ['accounts', account],
    product: ['products', productId],
    policy: ['policies', policyId],
    owner: ['users', ownerId],
  });
}

/** Formats the machine of a file as a resource. */
export function machineResource(account: string, { machine, licence }: MachineFileDetails): Resource {
  const { ownerId, ...facts } = machine;
  return resource('machines', facts, {
    account: ['accounts', account],
    product: ['products', licence.productId],
    license: ['licenses', licence.id],
    owner: ['users', ownerId],
  });
}

/** Lists the resources that a licence file includes, in its order, each once. */
export function includedWithLicence(
  account: string,
  of: LicenceAndOthers,
  include: readonly LicenceInclude[],
): readonly Resource[] {
  return once(include.flatMap((name) => includedResources(account, of, name)));
}

/** Lists the resources that a machine file includes, in its order, each once. */
export function includedWithMachine(account: string, details: MachineFileDetails): readonly Resource[] {
  return once(details.include.flatMap((name) => includedMachineResources(account, details, name)));
}

function once(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((each) => [`${each.type}/${each.id}`, each])).values()];
}

function includedResources(account: string, of: LicenceAndOthers, name: LicenceInclude): readonly Resource[] {
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
    // A portal has neither: it is one installation for one vendor.
    case 'environment':
    case 'group':
      return [];
  }
}

function includedMachineResources(account: string, details: MachineFileDetails, name: MachineInclude): readonly Resource[] {
  switch (name) {
    case 'license':
      return [licenceResource(account, details.licence)];
    case 'license.entitlements':
      return includedResources(account, details, 'entitlements');
    case 'license.product':
      return includedResources(account, details, 'product');
    case 'license.policy':
      return includedResources(account, details, 'policy');
    case 'owner':
    case 'license.owner':
      return includedResources(account, details, 'owner');
    case 'license.users':
      return includedResources(account, details, 'users');
    case 'components':
      return details.components.map((facts) =>
        resource('components', facts, { account: ['accounts', account], machine: ['machines', details.machine.id] }),
      );
    case 'environment':
    case 'group':
      return [];
  }
}
