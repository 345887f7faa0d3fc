import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { ActivationRequest, DeactivationProof } from '@/lib/licensing/exchange/request';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Dialect } from '../dialect';
import { DialectError } from '../dialect';
import { readText } from '../read-text';

/** A dialect of tests: the product's union of ids stays closed, so this one name comes from outside it. */
const outside: string = 'toy';
export const TOY = outside as DialectId;

/** One secret that the portal and all toys share. */
export interface ToyKeys {
  readonly secret: string;
}

const said = z.strictObject({
  kind: z.enum(['activation', 'deactivation']),
  id: z.string(),
  machine: z.string(),
  code: z.string(),
  sequence: z.int().default(0),
  issuedAt: z.iso.datetime(),
});

export type ToySaid = z.input<typeof said>;

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
const mac = (text: string, { secret }: ToyKeys) => createHmac('sha256', secret).update(text).digest('base64url');

function write(prefix: string, content: object, keys: ToyKeys): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${prefix} ${body} ${mac(body, keys)}`;
}

/** Writes what a toy asks for: one line of base64url, with a MAC behind it. */
export function writeToyRequest(content: ToySaid, keys: ToyKeys): string {
  return write('TOY-REQUEST', content, keys);
}

/** Reads what a toy is answered. @throws Error when it is not what the portal made */
export function readToyReply(text: string, keys: ToyKeys): unknown {
  const [prefix, body = '', tag] = text.split(' ');
  if (prefix !== 'TOY-REPLY' || tag !== mac(body, keys)) throw new Error('expected a reply of the portal, found another text');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

export const toyDialect = {
  id: TOY,
  checks: [
    { id: 'shape', asks: 'It is one line of three words.' },
    { id: 'mac', asks: 'It was made with the secret.' },
    { id: 'members', asks: 'It says everything it has to.' },
  ],
  detect: (text) => text.startsWith('TOY-REQUEST '),
  async open(file, keys, observe = () => undefined) {
    const [, body, tag] = /^TOY-REQUEST ([\w-]+) ([\w-]{43})$/.exec(readText(file)) ?? [];
    if (body === undefined || tag === undefined) throw new DialectError(reject('file-damaged'));
    observe('shape');
    if (!timingSafeEqual(Buffer.from(tag), Buffer.from(mac(body, keys)))) throw new DialectError(reject('token-not-authentic'));
    observe('mac');
    const read = said.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    if (!read.success) throw new DialectError(reject('token-malformed'));
    const { kind, id, machine, code, sequence, issuedAt } = read.data;
    observe('members', { kind, machine });
    const common = { dialect: TOY, requestId: id, payloadDigest: digest(body), deviceKey: digest(machine), details: null };
    if (kind === 'deactivation') {
      return {
        ...{
          ...common,
          kind,
          issuedAt: new Date(issuedAt),
          activationId: null,
          leaseSequence: sequence,
          usage: {},
          reason: null,
        },
      } satisfies DeactivationProof;
    }
    return {
      ...{ ...common, kind, issuedAt: new Date(issuedAt), productCode: null, activationCode: code, codeKind: 'activation-code' },
      ...{ entitlementId: null, requestedLease: null, fingerprintRequired: 1, keyIsOf: 'device', deviceJwk: null },
      replyTo: { machine },
      device: {
        ...{ name: machine, platform: 'toy', hostname: null, appVersion: null },
        fingerprint: { version: 1, components: { machine: digest(machine) } },
      },
    } satisfies ActivationRequest;
  },
  async seal({ lease, replyTo, details }, keys) {
    const content = { to: replyTo, sequence: lease.sequence, until: lease.endsAt.toISOString(), details };
    return { fileName: 'toy.txt', text: write('TOY-REPLY', content, keys) };
  },
} satisfies Dialect<ToyKeys, ToyKeys>;
