import { hash } from 'node:crypto';
import type { KeygenIssuer } from './issuer';
import type { SignatureAlgorithm } from './scheme';
import { signBytes } from './sign-bytes';

/** An HTTP response, and the request that it belongs to. */
export interface ResponseToSign {
  readonly issuer: KeygenIssuer;
  readonly algorithm: SignatureAlgorithm;
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly target: string;
  /** The client's own `Host`. */
  readonly host: string;
  /** The exact text of the body: one line. */
  readonly body: string;
  readonly at: Date;
}

/** Signs a response: the headers by which a client can verify and store it (docs/formats/keygen.md, signed responses). */
export async function signResponse(response: ResponseToSign): Promise<Readonly<Record<string, string>>> {
  const { issuer, algorithm, method, target, host, body, at } = response;
  const date = at.toUTCString();
  const digest = `sha-256=${hash('sha256', body, 'base64')}`;
  const signed = [`(request-target): ${method.toLowerCase()} ${target}`, `host: ${host}`, `date: ${date}`, `digest: ${digest}`];
  const signature = (await signBytes({ algorithm, issuer, data: signed.join('\n') })).toString('base64');
  return {
    Date: date,
    Digest: digest,
    'Keygen-Date': date,
    'Keygen-Digest': digest,
    'Keygen-Signature': `keyid="${issuer.account}", algorithm="${algorithm}", signature="${signature}", headers="(request-target) host date digest"`,
  };
}
