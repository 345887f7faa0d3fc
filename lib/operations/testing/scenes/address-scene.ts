import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { requirePerson } from '../../actor';
import { perform } from '../../operation';
import type { Invited } from '../../people/invite-person';
import { invitePerson } from '../../people/invite-person';
import { acceptInvitation, findInvitations } from '../../sign-in/sign-in-invitation';
import { redeemSignInCode } from '../../sign-in/sign-in-redeem';
import type { CodeMail } from '../../sign-in/sign-in-request';
import { requestSignInCode } from '../../sign-in/sign-in-request';
import type { TestCustomer } from '../test-customer';
import type { TestPortal } from '../test-portal';
import { makeVisitor } from '../visitor';
import { done } from './operator-scene';

const DAY_MS = 86_400_000;
export const START = new Date('2030-01-01T12:00:00Z');
export const daysLater = (days: number) => new Date(START.getTime() + days * DAY_MS);
export const newAddress = () => `${randomUUID()}@example.com`;

/** Steps of invitations and sign-ins with addresses of several customers. */
export function addressScene(portal: () => TestPortal) {
  let mails = 0;
  const context = (now: Date) => portal().contextFor(makeVisitor(), now);

  function invite(
    { admin }: TestCustomer,
    email: string,
    more: { name?: string; role?: string; now?: Date } = {},
  ): Promise<Invited> {
    const { now = START, ...person } = more;
    return done(invitePerson, { email, name: 'New Colleague', role: 'member', ...person }, portal().contextFor(admin, now));
  }

  /** Requests a code, some milliseconds after `now`. The mail is null when nobody who may sign in has the address. */
  async function ask(email: string, now: Date = START): Promise<{ codeId: string; mail: CodeMail | null }> {
    // Each a little later than the one before, because only the newest code counts.
    mails += 1;
    const asked = await perform(requestSignInCode, { email }, context(new Date(now.getTime() + mails)));
    if (!asked.ok) throw new Error(`expected a code, found ${asked.rejection.code}`);
    return asked.value;
  }

  /** Types the code of a mail. @returns a session, a choice between customers, or the code of the refusal */
  async function type({ codeId, mail }: { codeId: string; mail: CodeMail | null }, now: Date = START) {
    const result = await perform(redeemSignInCode, { codeId, code: mail?.code, userAgent: 'Test' }, context(now));
    if (!result.ok) return { refused: result.rejection.code } as const;
    return result.value;
  }

  async function signIn(email: string, now: Date = START) {
    return type(await ask(email, now), now);
  }

  /** The customer of a session's account, or the outcome without a session. */
  async function ownerOf(outcome: Awaited<ReturnType<typeof type>>): Promise<string> {
    if ('refused' in outcome) return outcome.refused;
    if (!('sessionId' in outcome)) return outcome.waitsFor;
    const rows = await portal().db.execute<{ id: string }>(
      sql`select coalesce(u.customer_id::text, 'vendor') as id from sessions s join users u on u.id = s.user_id where s.id = ${outcome.sessionId}`,
    );
    return rows[0]?.id ?? '';
  }

  async function choiceOf(outcome: Awaited<ReturnType<typeof type>>, now: Date = START) {
    const token = 'pendingToken' in outcome ? outcome.pendingToken : '';
    return { token, choice: await done(findInvitations, { token }, context(now)) };
  }

  function accept(token: unknown, invitation: unknown, now: Date = START) {
    return perform(acceptInvitation, { token, invitation, userAgent: 'Test' }, context(now));
  }

  /** The audit actions about an address in the chain of a customer or of the vendor, in order. */
  async function auditOf(email: string, customerId: string | null): Promise<string[]> {
    const rows = await portal().db.execute<{ action: string }>(sql`select action from audit_entries
      where (detail->>'email' = ${email} or actor = ${email}) and customer_id is not distinct from ${customerId}::uuid order by id`);
    return rows.map(({ action }) => action);
  }

  const idOf = ({ admin }: TestCustomer) => requirePerson(admin).userId;

  return { invite, ask, type, signIn, ownerOf, choiceOf, accept, auditOf, idOf };
}
