import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import type { Fact } from '@/components/tables/facts';
import { Facts } from '@/components/tables/facts';
import type { Learnt } from '@/lib/operations/support/run-checks';

const TITLES: Readonly<Record<string, string>> = {
  encryption: 'Header of the encryption',
  decryption: 'Header of the signature',
  payload: 'What is signed',
  json: 'What the file says',
  client: 'Who signed it',
  kind: 'What it asks for',
};

/** What opening the file brought to light, one list for each layer of it. */
export function DecodedFields({ learnt }: { readonly learnt: readonly Learnt[] }) {
  return learnt.map(({ check, members }) => (
    <Section key={check} id={`fields-${check}`} title={TITLES[check] ?? check}>
      <Card>
        <Facts facts={flatten(members)} />
      </Card>
    </Section>
  ));
}

function flatten(members: Readonly<Record<string, unknown>>, path = ''): Fact[] {
  return Object.entries(members).flatMap(([name, value]): Fact[] => {
    const term = path + name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return flatten({ ...value }, `${term}.`);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ term, value: <span className="break-all">{text}</span>, mono: true }];
  });
}
