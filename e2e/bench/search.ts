import { readOfferings } from '@/db/catalogue/manage-catalogue';
import { openDatabase } from '@/db/client';
import { generateFleet } from '@/db/testing/generate-fleet';
import { installPortal, openPortal } from './bench-portal';
import type { BenchDatabase } from './bench-server';
import { startBenchServer } from './bench-server';
import type { Finding } from './findings';
import { auditFinding, isKept, searchFinding } from './findings';
import { measureAudit } from './measures/measure-audit';
import { measureSearch } from './measures/measure-search';
import { jsonOf, tableOf } from './print-findings';

/** The size that the portal is designed for; options set less. */
const SIZE = {
  devices: numberAfter('--devices', 1_000_000),
  customers: numberAfter('--customers', 10_000),
  auditEntries: numberAfter('--audit-entries', 1_000_000),
};

/** For filling the database within minutes. Nothing is written while it is measured. */
const FILLING = { max_wal_size: '16GB', checkpoint_timeout: '1h', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' };

function numberAfter(option: string, otherwise: number): number {
  const at = process.argv.indexOf(option);
  const value = at === -1 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`expected a number after ${option}, found ${process.argv[at + 1]}`);
  return value;
}

async function offeringOf({ ownerUrl }: BenchDatabase): Promise<string> {
  const { db, close } = openDatabase({ url: ownerUrl, connections: 1 });
  const [offering] = await readOfferings(db);
  await close();
  if (offering === undefined) throw new Error('expected an offering, found none');
  return offering.id;
}

console.error(`Filling a database with ${SIZE.devices} devices of ${SIZE.customers} customers …`);
const startedAt = performance.now();
const server = await startBenchServer(FILLING);
try {
  const database = await server.create('bench_search');
  const installation = await installPortal(database, { entitlements: 1 });
  const sought = await generateFleet(database.ownerUrl, await offeringOf(database), SIZE);
  await server.asSuperuser('checkpoint');
  console.error(`Filled in ${Math.round((performance.now() - startedAt) / 1000)} s. Search, audit …`);
  const actor = { role: 'operator', label: 'bench' } as const;
  const { context, close } = openPortal({ ...installation, url: database.appUrl, actor, connections: 1 });
  const findings: Finding[] = [searchFinding(await measureSearch(context, sought)), auditFinding(await measureAudit(context))];
  await close();
  console.log(process.argv.includes('--json') ? jsonOf(findings) : `\n${tableOf(findings)}`);
  process.exitCode = findings.every(isKept) ? 0 : 1;
} finally {
  await server.stop();
}
