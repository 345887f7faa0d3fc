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

/** The clocks of caller and portal may differ by so much. */
const WINDOW_MS = 15 * 60_000;

const header = z.string().max(2000).nullable();

/**
 * Counts a call against its network address, before anything of it is looked at, and says whether it was signed, just now, by a client that is
 * in use. What the file in it proves is a question of its own.
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
    const rejection = await refuses(context, { authorization, date });
    return rejection === null ? done(null) : refuse(rejection);
  },
});

/** From cheap to dear. An API key is looked for before an OAuth client of the same name. */
async function refuses(
  { db, keyring, now }: ActingContext,
  { authorization, date }: { authorization: string; date: string },
): Promise<Rejection | null> {
  const said = readAuthorization(authorization);
  if ('problem' in said) return reject('call-authorization-refused', said);
  if (said.algorithm !== 'hmac-sha256') return reject('call-algorithm-refused');
  if (said.headers !== 'date') return reject('call-authorization-refused', { problem: 'headers must be "date"' });
  const { licenseSpring } = licenseSpringKeys(await keyring.current()).opening;
  const client = (await licenseSpring.client('api-key', said.apikey)) ?? (await licenseSpring.client('oauth', said.apikey));
  if (client === undefined) return reject('call-client-unknown');
  const [sentAt, at] = [readHttpDate(date), now ?? (await readClock(db))];
  if (sentAt === null || Math.abs(sentAt.getTime() - at.getTime()) > WINDOW_MS)
    return reject('call-date-refused', { date: date.slice(0, 60), now: at.toISOString() });
  const signature = readSignature(said.signature);
  const isSigned = signature !== null && timingSafeEqual(signature, signCall(date, client.secret));
  return isSigned ? null : reject('call-signature-differs');
}
