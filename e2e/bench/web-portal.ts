import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { openDatabase } from '@/db/client';
import { openKeyring } from '@/lib/operations/keys/keyring';
import { perform } from '@/lib/operations/operation';
import { requestSignInCode } from '@/lib/operations/sign-in/sign-in-request';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import { startNext } from '../../lib/operator/launch/next-server';
import type { Installation } from './bench-portal';
import type { BenchDatabase } from './bench-server';

/** The product's own web server, on a database of the bench. */
export interface WebPortal {
  readonly url: string;
  /** `Cookie` header of the installation's administrator. */
  readonly cookie: string;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts the built product and signs in. */
export async function startWebPortal(installation: Installation, database: BenchDatabase): Promise<WebPortal> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const secret = randomBytes(32).toString('base64url');
  const environment = {
    DATABASE_URL: database.appUrl,
    AIRGATE_MASTER_KEY: installation.masterKey,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: url,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: '',
    // As behind a proxy: each machine of the bench comes from an address of its own.
    TRUST_PROXY: '1',
  };
  const server = await startNext({ mode: 'start', port, environment });
  try {
    return { url, cookie: await signIn({ url, installation, database }), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function cookiesOf(response: Response): string[] {
  return response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
}

function post(url: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie }, redirect: 'manual' });
}

/** Signs in by the pages' own routes, with a code that needs no mail since it is made here. */
async function signIn(input: { url: string; installation: Installation; database: BenchDatabase }): Promise<string> {
  const { url, installation, database } = input;
  const { email, masterKey } = installation;
  const { db, close } = openDatabase({ url: database.appUrl, connections: 1 });
  const keyring = openKeyring(db, localMasterKey(readMasterSecret(masterKey)));
  const actor = { role: 'visitor', label: 'visitor', client: 'bench' } as const;
  const made = await perform(requestSignInCode, { email }, { db, keyring, actor, via: 'browser' });
  await close();
  if (!made.ok || made.value.mail === null) throw new Error(`expected a code for ${email}, found none`);

  // An unknown address: the response sets the CSRF cookie, and no mail is sent.
  const asked = cookiesOf(await post(`${url}/api/auth/code`, { email: 'nobody@example.com' }));
  const guard = asked.find((pair) => pair.startsWith('airgate.guard=')) ?? '';
  const csrfToken = decodeURIComponent(guard.replace('airgate.guard=', '')).split('|')[0] ?? '';
  const cookie = `${guard}; airgate.code=${made.value.codeId}`;
  const signedIn = cookiesOf(
    await post(`${url}/api/auth/callback/credentials`, { csrfToken, code: made.value.mail.code }, cookie),
  );
  const session = signedIn.find((pair) => pair.startsWith('airgate.session='));
  if (session === undefined) throw new Error('expected a session after signing in, found none');
  return session;
}
