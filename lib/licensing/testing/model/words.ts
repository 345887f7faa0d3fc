import type { Act } from './acts';
import type { Sold } from './rows';
import type { Described, PartOf } from './world';
import { PARTS } from './world';

const DIALECTS = { native: 'a native file', licensespring: 'a LicenseSpring file', keygen: 'a Keygen file' } as const;

const machineOf = (part: PartOf) => (typeof part === 'number' ? `of machine ${part}` : part);

function wordsOfParts({ parts, beside, name }: Described): string {
  const groups = new Map<string, string[]>();
  parts.forEach((part, place) => {
    const of = machineOf(part);
    groups.set(of, [...(groups.get(of) ?? []), PARTS[place] ?? 'part']);
  });
  const named = [...groups].map(([of, names]) => `${names.length === PARTS.length ? 'all parts' : names.join(', ')} ${of}`);
  return [...named, ...(beside ? [`x1 and x2 beside, and the hardware id of machine ${name}`] : [])].join('; ');
}

/** Describes an act, for readers of the search's result. */
export function wordsOf(act: Act): string {
  switch (act.act) {
    case 'request': {
      const says =
        act.dialect === 'native' ? `keys ${act.keys}, ${wordsOfParts(act.described)}` : `machine ${act.described.name}`;
      const how = act.isKept ? 'is written and kept' : `is handed in by ${act.by}${act.isAnother ? ' as another machine' : ''}`;
      return `${DIALECTS[act.dialect]} (${says}) for licence ${act.on}${act.code === 1 ? ', as the user' : ''} ${how}`;
    }
    case 'again':
      return `file ${act.file} is handed in again by ${act.by}`;
    case 'turn-round':
      return `file ${act.file} is handed in as a deactivation`;
    case 'prove':
      return `activation ${act.activation} is given back with a proof, and its copy runs on`;
    case 'refresh':
      return `activation ${act.activation} is refreshed`;
    case 'release':
    case 'claim':
    case 'undo':
      return `${act.by} ${{ release: 'releases', claim: 'asks for the release of', undo: 'undoes the release of' }[act.act]} activation ${act.activation}`;
    case 'approve':
      return `${act.by} approves the claim`;
    case 'wait':
      return `${act.hours} hours pass`;
  }
}

/** Describes the sale. */
export function wordsOfSale({ entitlement, policy, dialects, codeSeats, isUnique }: Sold): string {
  const { seats, overdraft, allowances, offlineLeasePeriod, gracePeriod } = entitlement;
  const { reinstalls, returns } = allowances;
  const limit = policy.limit === null ? 'no limit' : `${policy.limit.releases} in ${policy.limit.days} days`;
  return [
    `${seats} seats, overdraft ${overdraft.kind}, leases ${offlineLeasePeriod} and grace ${gracePeriod ?? 'none'}, ${dialects.join(' and ')}`,
    `reinstalls ${reinstalls.times ?? 'by default'} in ${reinstalls.days ?? 'a lease'}, returns ${returns.times ?? 'by default'} in ${returns.days ?? 'a lease'}`,
    `released by ${policy.allowedBy.join(', ') || 'nobody'}, ${policy.needsApproval ? 'approved, ' : ''}${policy.frees}, ${limit}`,
    `${codeSeats ?? 'all'} seats of the user${isUnique ? ', a machine on one licence only' : ''}`,
  ].join('; ');
}
