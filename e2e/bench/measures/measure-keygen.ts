import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ActingContext } from '@/lib/operations/context';
import { commitOpened } from '@/lib/operations/exchange/commit-file';
import { openFile } from '@/lib/operations/exchange/open-file';
import { checkOutMachine } from '@/lib/operations/keygen/check-out';
import { issueRefresh } from '@/lib/operations/leases/issue-refresh';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import type { Installation } from '../bench-portal';
import { OPERATOR, openPortal } from '../bench-portal';
import type { BenchDatabase } from '../bench-server';
import { inParallel } from '../in-parallel';
import type { BenchLicence } from '../keygen-licences';
import { activationsOf, sellLicences } from '../keygen-licences';
import { startWebPortal } from '../web-portal';
import { writeRequests } from '../write-requests';

const CLIENTS = Array.from({ length: 16 });
const ROUNDS = 11;
const MACHINES = 200;
const CALLS = 1000;
/** Rounds that only warm up. */
const WARM_UP = 2;

/** Acts per second in one round. */
export interface KeygenRound {
  readonly checkOut: number;
  readonly refresh: number;
}
export interface ValidationRound {
  readonly validate: number;
  readonly empty: number;
}

async function perSecond(count: number, act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return (count * 1000) / (performance.now() - startedAt);
}

async function activateNative(context: ActingContext, installation: Installation): Promise<void> {
  const requests = await writeRequests(installation, { count: MACHINES, entitlements: installation.entitlements });
  const keys = await context.keyring.current();
  await inParallel(CLIENTS, requests, async (request) => {
    const read = await openFile({}, { file: { name: null, bytes: Buffer.from(request) }, keys });
    if (!read.ok) throw new Error(`expected a request that opens, found ${read.rejection.code}`);
    await commitOpened(context, { opened: read.opened, keys, file: {} });
  });
}

/** Measures new machine files against native refresh files, for machines that have a seat, in turns; and asking about keys over HTTP. */
export async function measureKeygen(
  installation: Installation,
  database: BenchDatabase,
): Promise<{ readonly checkOuts: readonly KeygenRound[]; readonly validations: readonly ValidationRound[] }> {
  const { context, close } = openPortal({ ...installation, actor: OPERATOR, url: database.appUrl });
  const licences = await sellLicences(context, MACHINES);
  await activateNative(context, installation);
  const [machines, devices] = [
    await activationsOf(context, 'keygen', MACHINES),
    await activationsOf(context, 'native', MACHINES),
  ];
  const checkOuts: KeygenRound[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const all = (ids: readonly string[], act: (activationId: string) => Promise<unknown>) =>
      perSecond(MACHINES, () => inParallel(CLIENTS, ids, act));
    const refresh = await all(devices, (activationId) => performOrThrow(issueRefresh, { activationId }, context));
    const checkOut = await all(machines, (activationId) => performOrThrow(checkOutMachine, { activationId }, context));
    if (round >= 0) checkOuts.push({ checkOut, refresh });
  }
  await close();
  return { checkOuts, validations: await measureValidations(licences, { installation, database }) };
}

async function measureValidations(
  licences: readonly BenchLicence[],
  { installation, database }: { installation: Installation; database: BenchDatabase },
): Promise<ValidationRound[]> {
  const portal = await startWebPortal(installation, database);
  const bodies = Array.from({ length: CALLS }, (_, index) => {
    const { key, fingerprint } = licences[index % licences.length] ?? { key: '', fingerprint: '' };
    return JSON.stringify({ meta: { key, nonce: index, scope: { fingerprint } } });
  });
  const all = (path: string, expected: string) =>
    perSecond(CALLS, () => inParallel(CLIENTS, bodies, (body) => post(`${portal.url}${path}`, body, expected)));
  const rounds: ValidationRound[] = [];
  try {
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const empty = await all('/v1/ping', '');
      const validate = await all('/v1/licenses/actions/validate-key', '"code":"VALID"');
      if (round >= 0) rounds.push({ validate, empty });
    }
  } finally {
    agent.destroy();
    await portal.stop();
  }
  return rounds;
}

/** Keeps connections open, because sending must take little of the machine: `fetch` takes half as much time as the server's response. */
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS.length });

let machines = 0;

/** A different address for each call, so that no client is throttled. */
function machineAddress(): string {
  machines += 1;
  return `10.0.${(machines >> 8) % 256}.${machines % 256}`;
}

async function post(url: string, body: string, expected: string): Promise<void> {
  const headers = {
    'content-type': 'application/vnd.api+json',
    'content-length': Buffer.byteLength(body),
    'x-forwarded-for': machineAddress(),
  };
  const sent = request(url, { method: 'POST', agent, headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode === 200 && answer.includes(expected)) return;
  throw new Error(`expected ${url} to answer with ${expected}, found status ${response.statusCode}: ${answer.slice(0, 200)}`);
}
