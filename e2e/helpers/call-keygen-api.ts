import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { expect } from '@playwright/test';
import type { KeygenPublicForms } from '@/lib/dialects/keygen/issuer';
import type { SignatureAlgorithm } from '@/lib/dialects/keygen/scheme';
import { isGoodSignature } from '@/lib/dialects/keygen/testing/openssl';

/** A call as a client writes it, byte for byte. */
export interface ApiCall {
  readonly path: string;
  readonly body: string | Buffer;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Calls the portal without any help that would change path or headers. */
export function callApi(portal: string, { path, body, method = 'POST', headers = {} }: ApiCall): Promise<ApiReply> {
  const { hostname, port } = new URL(portal);
  const content = { 'content-type': 'application/vnd.api+json', 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((settle, fail) => {
    const call = request({ hostname, port, path, method, headers: { ...content, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        settle({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.once('error', fail);
    call.end(body);
  });
}

function header({ headers }: ApiReply, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** Asks that an answer is signed for this very call, by the openssl command. */
export function expectSigned(
  reply: ApiReply,
  to: { call: ApiCall; host: string; keys: KeygenPublicForms; algorithm: SignatureAlgorithm },
): void {
  const { call, host, keys, algorithm } = to;
  const digest = `sha-256=${createHash('sha256').update(reply.body).digest('base64')}`;
  const date = header(reply, 'keygen-date');
  expect([header(reply, 'digest'), header(reply, 'keygen-digest'), header(reply, 'date')]).toEqual([digest, digest, date]);
  expect(Math.abs(Date.now() - Date.parse(date))).toBeLessThan(60_000);
  const form = /^keyid="(.+?)", algorithm="(.+?)", signature="(.+?)", headers="\(request-target\) host date digest"$/;
  const [, keyid, named, signature = ''] = form.exec(header(reply, 'keygen-signature')) ?? [];
  expect([keyid, named]).toEqual([keys.account, algorithm]);
  const lines = [
    `(request-target): ${(call.method ?? 'POST').toLowerCase()} ${call.path}`,
    `host: ${host}`,
    `date: ${date}`,
    `digest: ${digest}`,
  ];
  const ed25519Pem = `-----BEGIN PUBLIC KEY-----\n${keys.ed25519DerB64}\n-----END PUBLIC KEY-----\n`;
  const pems = { ed25519: ed25519Pem, 'rsa-pss-sha256': keys.rsaPem, 'rsa-sha256': keys.rsaPem, 'ecdsa-p256': keys.ecPem };
  const check = { algorithm, publicPem: pems[algorithm], signature: Buffer.from(signature, 'base64') };
  expect(isGoodSignature({ ...check, data: lines.join('\n') }), lines.join('\n')).toBe(true);
  expect(isGoodSignature({ ...check, data: lines.join('\n').replace('host: ', 'host: x') })).toBe(false);
  expect(reply.body).not.toContain('\n');
}
