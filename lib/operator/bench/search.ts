import { installPortal } from './bench-portal';
import { startBenchServer } from './bench-server';
import { isKept, searchFinding } from './findings';
import { measureSearch } from './measure-search';
import { jsonOf, tableOf } from './print-findings';

/** As many as the portal is to bear; fewer by `--devices` and `--customers`. */
const SIZE = { devices: numberAfter('--devices', 1_000_000), customers: numberAfter('--customers', 10_000) };

function numberAfter(option: string, otherwise: number): number {
  const at = process.argv.indexOf(option);
  const value = at === -1 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`expected a number after ${option}, found ${process.argv[at + 1]}`);
  return value;
}

console.error(`Search among ${SIZE.devices} devices of ${SIZE.customers} customers …`);
const server = await startBenchServer();
try {
  const database = await server.create('bench_search');
  const installation = await installPortal(database, { entitlements: 1 });
  const finding = searchFinding(await measureSearch({ database, installation, size: SIZE }));
  console.log(process.argv.includes('--json') ? jsonOf([finding]) : `\n${tableOf([finding])}`);
  process.exitCode = isKept(finding) ? 0 : 1;
} finally {
  await server.stop();
}
