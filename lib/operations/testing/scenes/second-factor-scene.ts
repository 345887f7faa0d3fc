import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Actor, PersonalActor } from '../../actor';
import { requirePerson } from '../../actor';
import { perform } from '../../operation';
import { beginSecondFactor, confirmSecondFactor, showSecondFactor } from '../../sign-in/set-up-second-factor';
import { redeemSignInCode } from '../../sign-in/sign-in-redeem';
import { requestSignInCode } from '../../sign-in/sign-in-request';
import { passSecondFactor } from '../../sign-in/sign-in-second-factor';
import type { TestPortal } from '../test-portal';
import { makeVisitor } from '../visitor';
import { done } from './operator-scene';

export const START = new Date('2030-01-01T12:00:00Z');

/** The instant a number of 30-second steps later. */
export function stepsLater(steps: number, from: Date = START): Date {
  return new Date(from.getTime() + steps * 30_000);
}

/** A person whose second factor is on since a step before {@link START}, with the secret of their app. */
export interface Holder {
  readonly actor: PersonalActor;
  /** As base32. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The code of the app a number of steps after {@link START}. */
  codeAt(steps: number): string;
}

/** The code of the app at an instant. */
export function totpAt(secret: string, at: Date): string {
  return TOTP.generate({
    secret: Secret.fromBase32(secret.replaceAll(' ', '')),
    algorithm: 'SHA1',
    digits: 6,
    timestamp: at.getTime(),
  });
}

/** Six digits that are none of a secret's codes around an instant. */
export function wrongTotp(secret: string, at: Date): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => totpAt(secret, stepsLater(steps, at)));
  return ['000000', '000001', '000002', '000003', '000004', '000005'].find((code) => !right.includes(code)) ?? '';
}

/** Begins to set up a second factor. @returns its secret */
export async function beginAt(portal: TestPortal, actor: Actor, at: Date): Promise<string> {
  await done(beginSecondFactor, {}, portal.contextFor(actor, at));
  const shown = await done(showSecondFactor, {}, portal.contextFor(actor, at));
  if (shown.state !== 'set-up') throw new Error(`expected a secret, found ${shown.state}`);
  return shown.secret.replaceAll(' ', '');
}

/** Switches somebody's second factor on, a step before {@link START}. */
export async function switchOn(portal: TestPortal, actor: Actor): Promise<Holder> {
  const person = requirePerson(actor);
  const at = stepsLater(-1);
  const secret = await beginAt(portal, actor, at);
  const input = { code: totpAt(secret, at), currentSession: randomUUID() };
  const { recoveryCodes } = await done(confirmSecondFactor, input, portal.contextFor(actor, at));
  return { actor: person, secret, recoveryCodes, codeAt: (steps) => totpAt(secret, stepsLater(steps)) };
}

/** A browser of a portal under test. */
export function makeBrowser(portal: TestPortal) {
  let mails = 0;
  const context = (now: Date) => portal.contextFor(makeVisitor(), now);

  /** Types the right code from the mail. @returns the session, or the token that waits for the second factor */
  async function typeMailCode(email: string, now: Date = START): Promise<{ sessionId: string } | { pendingToken: string }> {
    // Each a little later than the one before, because only the newest code counts.
    mails += 1;
    const askedAt = new Date(now.getTime() - 60_000 + mails);
    const asked = await perform(requestSignInCode, { email }, context(askedAt));
    if (!asked.ok) throw new Error(`expected a code, found ${asked.rejection.code}`);
    const { codeId, mail } = asked.value;
    const result = await perform(redeemSignInCode, { codeId, code: mail?.code, userAgent: 'Test' }, context(now));
    if (!result.ok) throw new Error(`expected the code to be right, found ${result.rejection.code}`);
    return result.value;
  }

  /** As `typeMailCode`, for a person with a second factor. */
  async function tokenFor(email: string, now: Date = START): Promise<string> {
    const redeemed = await typeMailCode(email, now);
    if (!('pendingToken' in redeemed)) throw new Error('expected a sign-in that waits, found a session');
    return redeemed.pendingToken;
  }

  /** Tries a code. @returns the outcome in words */
  async function pass(token: unknown, code: unknown, now: Date = START): Promise<string> {
    const result = await perform(passSecondFactor, { token, code, userAgent: 'Test' }, context(now));
    return result.ok ? 'signed in' : result.rejection.code;
  }

  return { context, typeMailCode, tokenFor, pass };
}
