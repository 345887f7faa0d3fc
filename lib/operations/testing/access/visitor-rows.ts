import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { makeCalendarLink } from '../../leases/calendar-link';
import { invitePerson } from '../../people/invite-person';
import { findInvitations } from '../../sign-in/sign-in-invitation';
import { redeemSignInCode } from '../../sign-in/sign-in-redeem';
import { requestSignInCode } from '../../sign-in/sign-in-request';
import { endSoon } from '../exchange';
import { done } from '../scenes/operator-scene';
import { makeCustomer, makeSupport } from '../test-customer';
import { makeVisitor } from '../visitor';
import { visitors } from './access-expectations';
import type { Row, Subject } from './access-rows';

const userAgent = 'Test';

/** A code from a mail, as the browser that requested it sends it. */
async function codeFor({ portal }: Subject, email: string) {
  const { codeId, mail } = await done(requestSignInCode, { email }, portal.contextFor(makeVisitor()));
  return { codeId, code: mail?.code ?? '', userAgent };
}

/** The token of a browser that waits for the second factor. */
async function tokenFor(subject: Subject, email: string): Promise<string> {
  const redeemed = await done(redeemSignInCode, await codeFor(subject, email), subject.portal.contextFor(makeVisitor()));
  if (!('pendingToken' in redeemed)) throw new Error(`expected a sign-in of ${email} that waits, found a session`);
  return redeemed.pendingToken;
}

/** Of the subject's colleague, who has a second factor. */
async function waitingInput(subject: Subject): Promise<{ readonly token: string }> {
  const { portal, personId } = subject;
  const rows = await portal.db.execute<{ email: string }>(sql`select email from users where id = ${personId}::uuid`);
  return { token: await tokenFor(subject, rows[0]?.email ?? '') };
}

/** Of somebody whom two customers invited. */
async function choiceInput(subject: Subject): Promise<{ readonly token: string }> {
  const { portal, customerCode } = subject;
  const email = `${randomUUID()}@example.com`;
  const support = portal.contextFor(await makeSupport(portal));
  for (const customer of [customerCode, (await makeCustomer(portal, 'Westgate Works')).code])
    await done(invitePerson, { email, name: 'New', role: 'member', customer }, support);
  return { token: await tokenFor(subject, email) };
}

const somebody = async (subject: Subject) => codeFor(subject, (await makeSupport(subject.portal)).label);
const isThere = (value: unknown) => (value === null ? 0 : 1);

/** Operations for visitors: a secret, or access to a mailbox, is all that entitles them. */
export const VISITOR_ROWS: Record<string, Row> = {
  'sign-in.request-code': { input: () => ({ email: `${randomUUID()}@example.com` }), expected: visitors('yes') },
  'sign-in.sent-address': {
    input: async (subject) => ({ codeId: (await somebody(subject)).codeId }),
    expected: visitors('1'),
    count: isThere,
  },
  'sign-in.redeem-code': { input: somebody, expected: visitors('yes') },
  'sign-in.waiting-address': { input: waitingInput, expected: visitors('1'), count: isThere },
  // A code of no authenticator app.
  'sign-in.pass-second-factor': {
    input: async (subject) => ({ ...(await waitingInput(subject)), code: 'none', userAgent }),
    expected: visitors('second-factor-code-wrong'),
  },
  'sign-in.invitations': { input: choiceInput, expected: visitors('1'), count: isThere },
  'sign-in.accept-invitation': {
    input: async (subject) => {
      const { token } = await choiceInput(subject);
      const choice = await done(findInvitations, { token }, subject.portal.contextFor(makeVisitor()));
      return { token, invitation: choice?.invitations[0]?.id, userAgent };
    },
    expected: visitors('yes'),
  },
  // An unknown link.
  'second-factor.find-undo': { input: () => ({ secret: 'a'.repeat(43) }), expected: visitors('undo-link-ended') },
  'second-factor.undo': { input: () => ({ secret: 'a'.repeat(43) }), expected: visitors('undo-link-ended') },
  'calendar.feed': {
    input: async (subject) => {
      await endSoon(subject);
      const { secret } = await done(makeCalendarLink, {}, subject.portal.contextFor(subject.owner));
      return { secret };
    },
    expected: visitors('1'),
    count: (value, { activationId }) => (JSON.stringify(value).includes(activationId) ? 1 : 0),
  },
};
