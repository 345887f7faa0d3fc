import { Fragment } from 'react';
import { DownloadLink } from '@/components/actions/download-link';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import { listAddress } from '@/components/tables/list-address';
import type { ListedAudit } from '@/lib/operations/audit/list-audit';
import type { ActivityFilter } from './activity-filter';

interface SealedExportProps {
  readonly filter: ActivityFilter;
  readonly rows: readonly ListedAudit[];
  readonly seesAll: boolean;
}

/** Parts that must not break across lines. */
const COMMAND = ['npm run -s airgate --', 'audit verify audit.jsonl', '--vendor vendor.json'];

/** Offers the tamper-evident audit of one customer as a file, and explains how to verify it. */
export function SealedExport({ filter, rows, seesAll }: SealedExportProps) {
  const customer = seesAll ? onlyCustomer(filter, rows) : { code: '', name: '' };
  return (
    <Section
      id="sealed"
      title="Sealed export"
      lead="All of it in one file. Every entry is sealed to the one before it, so nobody can change or remove one unseen."
    >
      <Card>
        {customer === null ? (
          <p className="text-ink-2 text-sm">Ask for one customer in the filter to download their export.</p>
        ) : (
          <>
            <DownloadLink
              href={listAddress('/activity/export', { customer: customer.code })}
              fileName="audit.jsonl"
              label={customer.name === '' ? 'Download sealed export' : `Download sealed export of ${customer.name}`}
            />
            <p className="mt-4 text-ink-2 text-sm">
              Check it with Airgate’s command line on any machine, without this portal:{' '}
              <code className="font-mono text-ink text-xs">
                {COMMAND.map((part) => (
                  <Fragment key={part}>
                    <span className="whitespace-nowrap">{part}</span>{' '}
                  </Fragment>
                ))}
              </code>
            </p>
          </>
        )}
      </Card>
    </Section>
  );
}

/** Finds the customer that support filtered by; null when the list shows several. */
function onlyCustomer({ customer }: ActivityFilter, rows: readonly ListedAudit[]): { code: string; name: string } | null {
  const [first] = rows;
  if (customer === '' || first === undefined || first.customerCode === null) return null;
  if (rows.some(({ customerCode }) => customerCode !== first.customerCode)) return null;
  return { code: first.customerCode, name: first.customerName ?? '' };
}
