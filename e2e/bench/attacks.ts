import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** A portal under attack, and what the attacker knows. */
export interface Target {
  readonly url: string;
  /** `Cookie` header of somebody who is signed in. */
  readonly cookie: string;
  /** The page of a device, and the field by which its form names the action. */
  readonly devicePath: string;
  readonly deviceId: string;
  readonly renameField: string;
}

/** A request that an attacker repeats to block the portal for everybody else. */
export interface Attack {
  readonly name: string;
  /** Sends it once. @returns the status of the answer */
  readonly send: (target: Target) => Promise<number>;
  /** Expected statuses. Any other shows that the attack did not reach what it aims at. */
  readonly answers: readonly number[];
}

/** The address that all attacks come from. */
const ATTACKER = '203.0.113.66';
const agent = new Agent({ keepAlive: true });

/** Ends the connections that attacks left open. */
export function endAttacks(): void {
  agent.destroy();
}

interface Sent {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

async function post({ url, cookie }: Target, { path, type, body, headers = {} }: Sent): Promise<number> {
  const all = { cookie, origin: url, 'x-forwarded-for': ATTACKER, 'content-type': type, ...headers };
  const length = { 'content-length': body.byteLength };
  const sent = request(`${url}${path}`, { method: 'POST', agent, headers: { ...all, ...length } });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  await response.resume().toArray();
  return response.statusCode ?? 0;
}

/** Combining marks that every normal form reorders: normalising them takes quadratic time. */
function marks(bytes: number): string {
  return `a${'\u0301\u0316'.repeat(bytes / 4)}`;
}

const BOUNDARY = 'boundary-of-an-attack';
const FORM = `multipart/form-data; boundary=${BOUNDARY}`;

function form(fields: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

function manyFields(count: number): Buffer {
  return form(Object.fromEntries(Array.from({ length: count }, (_, index) => [`field-${index}`, 'x'])));
}

/** Makes each body once, so that this takes no time from the measurement. */
type Made = (target: Target) => Sent;

function rename(name: string): Made {
  let body: Buffer | null = null;
  return ({ devicePath, deviceId, renameField }) => {
    body ??= form({ [renameField]: '', device: deviceId, name });
    return { path: devicePath, type: FORM, body };
  };
}

function validate(key: string): Made {
  const body = Buffer.from(JSON.stringify({ meta: { key } }));
  return () => ({ path: '/v1/licenses/actions/validate-key', type: 'application/vnd.api+json', body });
}

/** The body of an action as a script sends it: nested as deep as fits. */
function action(bytes: number): Made {
  const body = Buffer.from('['.repeat(bytes / 2) + ']'.repeat(bytes / 2));
  return ({ devicePath, renameField }) => {
    const headers = { 'next-action': renameField.replace('$ACTION_ID_', '') };
    return { path: devicePath, type: 'text/plain;charset=UTF-8', body, headers };
  };
}

function fixed(path: string, type: string, body: Buffer): Made {
  return () => ({ path, type, body });
}

const KB = 1000;
const SIGN_IN = Buffer.from(`email=${encodeURIComponent(marks(5 * KB))}`);

const MADE: readonly (readonly [name: string, made: Made, ...answers: number[]])[] = [
  ['marks in the name of a device', rename(marks(240 * KB)), 303],
  ['more of them than a form may have', rename(marks(3900 * KB)), 413],
  ['marks in a question about a key', validate(marks(11 * KB)), 400, 429],
  ['more of them than a question may have', validate(marks(64 * KB)), 413, 429],
  ['marks in an address to sign in with', fixed('/api/auth/code', 'application/x-www-form-urlencoded', SIGN_IN), 303],
  ['marks in a file', fixed('/exchange/upload', FORM, form({ text: marks(64 * KB) })), 303],
  ['forms of 50,000 fields', fixed('/sign-in', FORM, manyFields(50_000)), 413],
  ['forms of as many fields as fit', fixed('/sign-in', FORM, manyFields(2500)), 400],
  ['nested bodies of an action', action(240 * KB), 400],
  ['larger bodies of an action', action(3900 * KB), 413],
  ['questions about keys, as fast as they go', validate('AAAA'), 200, 429],
];

export const ATTACKS: readonly Attack[] = MADE.map(([name, made, ...answers]) => ({
  name,
  answers,
  send: (target) => post(target, made(target)),
}));

/** Opens connections that announce a body and then send nothing more. */
export async function openSilent({ url }: Target, path: string, count: number): Promise<Socket[]> {
  const { hostname, port } = new URL(url);
  const head = [`POST ${path} HTTP/1.1`, 'Host: portal', `X-Forwarded-For: ${ATTACKER}`, `Content-Type: ${FORM}`];
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname));
  for (const socket of sockets) {
    socket.on('error', () => socket.destroy());
    socket.write([...head, 'Content-Length: 100000', '', `--${BOUNDARY}`].join('\r\n'));
  }
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return sockets;
}

async function statusOf(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  await answer.arrayBuffer();
  return answer.status;
}

/** Requests of everybody else meanwhile: a public page, a page of a signed-in person, and a call of an application. */
export const OTHERS: readonly ((target: Target) => Promise<number>)[] = [
  ({ url }) => statusOf(fetch(`${url}/sign-in`)),
  ({ url, cookie, devicePath }) => statusOf(fetch(`${url}${devicePath}`, { headers: { cookie } })),
  ({ url }) => statusOf(fetch(`${url}/v1/ping`, { method: 'POST', body: '{}' })),
];
