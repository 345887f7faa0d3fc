import { readFileSync } from 'node:fs';
import { readOfferings } from '@/db/catalogue/manage-catalogue';
import { openDatabase } from '@/db/client';
import type { Generated } from '@/db/testing/generate-activations';
import { generateActivations } from '@/db/testing/generate-activations';
import type { Installation } from '../bench-portal';
import type { BenchDatabase, BenchServer } from '../bench-server';
import type { WebPortal } from '../web-portal';

export const FEW = 10;
export const MANY = 10_000;

/** Any page may include the query of the keys, which are read again every few seconds: the smallest of several visits is without it. */
const VISITS = 3;

/** How many statements a page takes, and how much it has to show. */
export interface PageQueries {
  readonly page: string;
  readonly few: number;
  readonly many: number;
  /** Additional characters of the page at many: proves that it shows more. */
  readonly grewBy: number;
}

interface Visit {
  readonly statements: number;
  readonly characters: number;
}

/**
 * Counts the statements that reach the database when a page is fetched from the product's own server, at few and at many activations. The
 * portal must not have connected to the database before: the server logs statements of connections that are opened from here on.
 */
export async function measureQueries(input: {
  server: BenchServer;
  database: BenchDatabase;
  installation: Installation;
  startPortal: () => Promise<WebPortal>;
}): Promise<PageQueries[]> {
  const { server, database, installation, startPortal } = input;
  await server.asSuperuser(`alter role airgate_app in database ${database.name} set log_statement = 'all'`);
  const portal = await startPortal();
  const { db, close } = openDatabase({ url: database.ownerUrl, connections: 1 });
  try {
    const [offering] = await readOfferings(db);
    if (offering === undefined) throw new Error('expected an offering, found none');
    const target = { ...installation.actor, offeringId: offering.id };
    const visitAll = async (generated: Generated) => {
      const visits: [string, Visit][] = [];
      for (const [page, path] of pagesOf(generated)) visits.push([page, await visit({ server, database, portal, path })]);
      return visits;
    };
    const few = await visitAll(await generateActivations(db, target, FEW));
    const many = new Map(await visitAll(await generateActivations(db, target, MANY)));
    return few.map(([page, atFew]) => {
      const atMany = many.get(page) ?? atFew;
      return { page, few: atFew.statements, many: atMany.statements, grewBy: atMany.characters - atFew.characters };
    });
  } finally {
    await close();
    await portal.stop();
  }
}

function pagesOf({ entitlementId, deviceId }: Generated): [page: string, path: string][] {
  return [
    ['exchange', '/exchange'],
    ['entitlements', '/entitlements'],
    ['one entitlement', `/entitlements/${entitlementId}`],
    ['devices', '/devices'],
    ['one device', `/devices/${deviceId}`],
  ];
}

async function visit(input: { server: BenchServer; database: BenchDatabase; portal: WebPortal; path: string }): Promise<Visit> {
  const { server, database, portal, path } = input;
  const visits: Visit[] = [];
  for (let count = 0; count < VISITS; count += 1) {
    const before = countStatements(server, database);
    const response = await fetch(`${portal.url}${path}`, { headers: { cookie: portal.cookie }, redirect: 'manual' });
    const html = await response.text();
    if (response.status !== 200) throw new Error(`expected the page ${path}, found status ${response.status}`);
    visits.push({ statements: countStatements(server, database) - before, characters: html.length });
  }
  return visits.reduce((least, found) => (found.statements < least.statements ? found : least));
}

/**
 * Statements of the portal in the server's log, which is written before a statement runs. Leaves out the queue, which polls
 * every two seconds: its connections have another name than those of postgres.js.
 */
function countStatements({ logFile }: BenchServer, { name }: BenchDatabase): number {
  const started = `${name} airgate_app postgres.js LOG:  `;
  const lines = readFileSync(logFile, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith(`${started}execute `) || line.startsWith(`${started}statement: `)).length;
}
