import { TextLink } from '@/components/actions/text-link';
import { Section } from '@/components/layout/section';
import { listAddress } from '@/components/tables/list-address';
import type { Hit, HitGroup } from '@/lib/operations/support/search-everything';

/** Title and page of each kind of hit. Vendor staff have no page. */
const KINDS: Record<HitGroup['kind'], { readonly title: string; readonly hrefOf: (hit: Hit) => string | null }> = {
  exchange: { title: 'Files handed in and answered', hrefOf: ({ id }) => `/inspect/${id}` },
  attempt: { title: 'Refused attempts', hrefOf: ({ value }) => listAddress('/activity', { trouble: value }) },
  customer: { title: 'Customers', hrefOf: ({ title }) => listAddress('/people', { q: title }) },
  person: { title: 'People', hrefOf: ({ id, customerId }) => (customerId === null ? null : `/people/${id}`) },
  device: { title: 'Devices', hrefOf: ({ id }) => `/devices/${id}` },
  activation: { title: 'Activations', hrefOf: ({ id }) => `/devices/${id}` },
  entitlement: { title: 'Entitlements', hrefOf: ({ id }) => `/entitlements/${id}` },
  code: { title: 'Activation codes', hrefOf: ({ id }) => `/entitlements/${id}` },
};

const FOUND_BY: Record<Hit['by'], string> = {
  'trouble-code': 'Trouble code',
  'trouble-code-of-act': 'Trouble code',
  'request-id': 'Request id',
  'exchange-id': 'Reference',
  'customer-name': 'Name',
  'customer-code': 'Customer code',
  'person-email': 'E-mail',
  'person-name': 'Name',
  'device-name': 'Name',
  'device-asset-tag': 'Asset tag',
  'device-hostname': 'Host name',
  'device-id': 'Device id',
  fingerprint: 'Fingerprint',
  'activation-id': 'Activation id',
  'order-reference': 'Order reference',
  'entitlement-id': 'Entitlement id',
  'last-four': 'Ends with',
};

/** Lists the hits by kind, with the matched part marked. */
export function Results({ groups, text }: { readonly groups: readonly HitGroup[]; readonly text: string }) {
  return groups.map(({ kind, hits, more }) => (
    <Section key={kind} id={`found-${kind}`} title={KINDS[kind].title}>
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
        {hits.map((hit) => (
          <li key={hit.id} className="px-4 py-3 sm:px-5">
            <FoundRow href={KINDS[kind].hrefOf(hit)} hit={hit} part={hit.by === 'last-four' ? hit.value : text} />
          </li>
        ))}
      </ul>
      {more ? <p className="mt-2 text-ink-3 text-xs">There are more. Type more of it.</p> : null}
    </Section>
  ));
}

function FoundRow({ href, hit, part }: { readonly href: string | null; readonly hit: Hit; readonly part: string }) {
  const inTitle = hit.value === hit.title;
  const title = inTitle ? <Marked text={hit.title} part={part} /> : hit.title;
  return (
    <>
      <p className="break-words font-medium text-sm">{href === null ? title : <TextLink href={href}>{title}</TextLink>}</p>
      <p className="break-words text-ink-3 text-xs">
        {hit.detail}
        {inTitle ? null : (
          <>
            {' · '}
            {FOUND_BY[hit.by]}{' '}
            <span className="break-all text-ink-2">
              <Marked text={hit.value} part={part} />
            </span>
          </>
        )}
      </p>
    </>
  );
}

interface MarkedProps {
  readonly text: string;
  /** The search text; its first occurrence is marked, ignoring case. */
  readonly part: string;
}

/** Marks the search text within a text. */
function Marked({ text, part }: MarkedProps) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-accent-soft font-semibold text-accent">{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
