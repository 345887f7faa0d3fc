import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readClock } from '@/db/clock';
import { readAuthorization, signCall } from '@/lib/dialects/licensespring/call-signature';
import { readHttpDate } from '@/lib/dialects/licensespring/read-date';
import { readSignature } from '@/lib/dialects/licensespring/sign-text';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import { countCall } from '../limits/call-throttle';
import { LIMITS } from '../limits/limits';
import { defineOperation, done, refuse } from '../operation';
import { licenseSpringKeys } from './keys';

/** How much the clocks of caller and portal may differ. */
const WINDOW_MS = 15 * 60_000;

const header = z.string().max(2000).nullable();

/**
 * Counts a call against its network address, before the call is read, and verifies that a client in use has just signed it. The signature of
 * the file in it is verified separately.
 */
export const checkCall = defineOperation({
  name: 'licensespring.check-call',
  kind: 'query',
  permission: 'application:exchange',
  input: z.object({ authorization: header, date: header }),
  async run({ authorization, date }, context) {
    const heldBack = await countCall(context, LIMITS.licenseSpringCallsByClient);
    if (heldBack !== null) return refuse(heldBack);
    if ((await context.keyring.vendor()) === null) return refuse(reject('vendor-missing'));
    if (date === null || date === '') return refuse(reject('call-headers-missing', { header: 'Date' }));
    if (authorization === null || authorization === '')
      return refuse(reject('call-headers-missing', { header: 'Authorization' }));
    const rejection = await checkSignature(context, { authorization, date });
    return rejection === null ? done(null) : refuse(rejection);
  },
});

/** Runs the cheap checks first. An API key takes precedence over an OAuth client with the same id. */
async function checkSignature(
  { db, keyring, now }: ActingContext,
  { authorization, date }: { authorization: string; date: string },
): Promise<Rejection | null> {
  const parsed = readAuthorization(authorization);
  if ('problem' in parsed) return reject('call-authorization-refused', parsed);
  if (parsed.algorithm !== 'hmac-sha256') return reject('call-algorithm-refused');
  if (parsed.headers !== 'date') return reject('call-authorization-refused', { problem: 'headers must be "date"' });
  const { licenseSpring } = licenseSpringKeys(await keyring.current()).opening;
  const client = (await licenseSpring.client('api-key', parsed.apikey)) ?? (await licenseSpring.client('oauth', parsed.apikey));
  if (client === undefined) return reject('call-client-unknown');
  const [sentAt, at] = [readHttpDate(date), now ?? (await readClock(db))];
  if (sentAt === null || Math.abs(sentAt.getTime() - at.getTime()) > WINDOW_MS)
    return reject('call-date-refused', { date: date.slice(0, 60), now: at.toISOString() });
  const signature = readSignature(parsed.signature);
  const isSigned = signature !== null && timingSafeEqual(signature, signCall(date, client.secret));
  return isSigned ? null : reject('call-signature-differs');
}
