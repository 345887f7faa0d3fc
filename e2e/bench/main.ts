import { buildPortal } from '../../lib/operator/launch/build-portal';
import { startAttackedPortal } from './attacked-portal';
import { installPortal } from './bench-portal';
import type { BenchServer } from './bench-server';
import { startBenchServer } from './bench-server';
import type { Finding } from './findings';
import {
  actionFinding,
  attackFindings,
  burstFinding,
  checkOutFinding,
  commitFindings,
  isKept,
  licenseSpringFinding,
  memoryFinding,
  pageWeightFinding,
  queriesFinding,
  validationFinding,
} from './findings';
import { measureAction } from './measures/measure-action';
import { measureAttacks } from './measures/measure-attacks';
import { measureCommits } from './measures/measure-commits';
import { measureKeygen } from './measures/measure-keygen';
import { measureLicenseSpring } from './measures/measure-licensespring';
import { measureMemory } from './measures/measure-memory';
import { measurePageWeight } from './measures/measure-page-weight';
import { measureQueries } from './measures/measure-queries';
import { jsonOf, tableOf } from './print-findings';
import { startWebPortal } from './web-portal';

const ENTITLEMENTS = 1000;
const asJson = process.argv.includes('--json');

/** Prints progress to standard error, apart from the findings. */
function say(line: string): void {
  console.error(line);
}

async function benchCommits(server: BenchServer): Promise<Finding[]> {
  say('Commits …');
  const database = await server.create('bench_commits');
  // One more, which is the hot one.
  const installation = await installPortal(database, { entitlements: ENTITLEMENTS + 1 });
  const twin = await server.copy(database, 'bench_twin');
  const rehearsal = await server.copy(database, 'bench_rehearsal');
  return commitFindings(await measureCommits({ installation, database, twin, rehearsal }));
}

async function benchServer(server: BenchServer): Promise<Finding[]> {
  say('Exchange action, page weight …');
  const database = await server.create('bench_action');
  const installation = await installPortal(database, { entitlements: 20 });
  const portal = await startWebPortal(installation, database);
  try {
    const action = actionFinding(await measureAction({ portal, installation, database }));
    return [action, pageWeightFinding(await measurePageWeight(portal))];
  } finally {
    await portal.stop();
  }
}

async function benchKeygen(server: BenchServer): Promise<Finding[]> {
  say('Machine files, answers about licence keys …');
  const database = await server.create('bench_keygen');
  const installation = await installPortal(database, { entitlements: 20 });
  const { checkOuts, validations } = await measureKeygen(installation, database);
  return [checkOutFinding(checkOuts), validationFinding(validations)];
}

async function benchLicenseSpring(server: BenchServer): Promise<Finding[]> {
  say('LicenseSpring activations …');
  const database = await server.create('bench_licensespring');
  const installation = await installPortal(database, { entitlements: 20 });
  const { cost, burst } = await measureLicenseSpring(installation, database);
  return [licenseSpringFinding(cost), burstFinding(burst)];
}

async function benchQueries(server: BenchServer): Promise<Finding[]> {
  say('Queries of each page …');
  const database = await server.create('bench_queries');
  const installation = await installPortal(database, { entitlements: 1 });
  const startPortal = () => startWebPortal(installation, database);
  return [queriesFinding(await measureQueries({ server, database, installation, startPortal }))];
}

async function benchMemory(server: BenchServer): Promise<Finding[]> {
  say('Memory …');
  const database = await server.create('bench_memory');
  const installation = await installPortal(database, { entitlements: 100 });
  return [memoryFinding(await measureMemory(installation, database))];
}

async function benchAttacks(server: BenchServer): Promise<Finding[]> {
  say('Attacks …');
  const portal = await startAttackedPortal(await server.create('bench_attacks'));
  try {
    return attackFindings(await measureAttacks(portal));
  } finally {
    await portal.stop();
  }
}

/** All parts, by the names they can be asked for by. */
const PARTS: Readonly<Record<string, (server: BenchServer) => Promise<Finding[]>>> = {
  commits: benchCommits,
  server: benchServer,
  keygen: benchKeygen,
  licensespring: benchLicenseSpring,
  queries: benchQueries,
  memory: benchMemory,
};

/** Parts of a full run. Attacks are left out: they have limits in absolute time, which other load on the machine changes. */
const USUAL = Object.keys(PARTS);
const ALL: typeof PARTS = { ...PARTS, attacks: benchAttacks };

const named = process.argv.slice(2).filter((word) => word in ALL);
await buildPortal({ say, signal: new AbortController().signal });
const server = await startBenchServer();
try {
  const findings: Finding[] = [];
  for (const part of named.length === 0 ? USUAL : named) findings.push(...((await ALL[part]?.(server)) ?? []));
  console.log(asJson ? jsonOf(findings) : `\n${tableOf(findings)}`);
  process.exitCode = findings.every(isKept) ? 0 : 1;
} finally {
  await server.stop();
}
