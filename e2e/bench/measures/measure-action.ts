import { submitFile } from '@/lib/operations/exchange/submit-file';
import { perform } from '@/lib/operations/operation';
import type { Installation } from '../bench-portal';
import { openPortal } from '../bench-portal';
import type { BenchDatabase } from '../bench-server';
import { inParallel } from '../in-parallel';
import type { WebPortal } from '../web-portal';
import { writeRequests } from '../write-requests';

const CLIENTS = Array.from({ length: 16 });
const ROUNDS = 3;
const REQUESTS = 160;

/** Requests per second of a server action, in one round. */
export interface ActionRound {
  readonly exchange: number;
  readonly empty: number;
}

/**
 * Measures the server action that answers a file, as a form posts it, against one that does nothing: the very same action, posted by a
 * browser that is not signed in. It reads the same bytes and responds with a redirect as well, but ends before any operation runs. An
 * empty action of its own would have to ship with the product.
 */
export async function measureAction(input: {
  portal: WebPortal;
  installation: Installation;
  database: BenchDatabase;
}): Promise<ActionRound[]> {
  const { portal, installation, database } = input;
  const rounds: ActionRound[] = [];
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const submissions = await submitAll(installation, database);
    const field = await findActionField(portal, submissions[0] ?? '');
    const send = (cookie: string, expected: string) => () =>
      inParallel(CLIENTS, submissions, (submission) => post({ portal, field, submission, cookie, expected }));
    const empty = await perSecond(send('', '/sign-in'));
    const exchange = await perSecond(send(portal.cookie, '/files/'));
    if (round > 0) rounds.push({ exchange, empty });
  }
  return rounds;
}

async function perSecond(send: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await send();
  return (REQUESTS * 1000) / (performance.now() - startedAt);
}

async function submitAll(installation: Installation, database: BenchDatabase): Promise<string[]> {
  const requests = await writeRequests(installation, { count: REQUESTS, entitlements: installation.entitlements });
  const { context, close } = openPortal({ ...installation, url: database.appUrl });
  const ids = await inParallel(CLIENTS, requests, async (request) => {
    const submitted = await perform(submitFile, { fileName: 'request.txt', bytes: Buffer.from(request) }, context);
    if (!submitted.ok) throw new Error(`expected a file that is taken in, found ${submitted.rejection.code}`);
    return submitted.value.submissionId;
  });
  await close();
  return ids;
}

/** The field by which a form without scripts names its action. */
async function findActionField(portal: WebPortal, submission: string): Promise<string> {
  const response = await fetch(`${portal.url}/exchange/${submission}`, { headers: { cookie: portal.cookie } });
  const html = await response.text();
  const form = html.split('<form').find((part) => part.includes(`value="${submission}"`));
  const field = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(form ?? '')?.[1];
  if (field === undefined) throw new Error('expected a form that names its action on the preview page, found none');
  return field;
}

async function post(input: {
  portal: WebPortal;
  field: string;
  submission: string;
  cookie: string;
  expected: string;
}): Promise<void> {
  const { portal, field, submission, cookie, expected } = input;
  const body = new FormData();
  body.set(field, '');
  body.set('submission', submission);
  const url = `${portal.url}/exchange/${submission}`;
  const response = await fetch(url, { method: 'POST', body, headers: { cookie, origin: portal.url }, redirect: 'manual' });
  await response.arrayBuffer();
  const location = response.headers.get('location') ?? '';
  if (!location.startsWith(expected)) {
    throw new Error(`expected the action to lead to ${expected}…, found status ${response.status}, location ${location}`);
  }
}
