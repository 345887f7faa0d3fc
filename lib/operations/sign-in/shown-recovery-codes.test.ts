import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { encryptRecoveryCodes, showRecoveryCodes } from './shown-recovery-codes';

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

const START = new Date('2030-01-01T12:00:00Z');
const CODES = ['one', 'two'];
const session = randomUUID();
const keptByMember = () => encryptRecoveryCodes(portal.contextFor(customer.member, START), { codes: CODES, session });
const at = (seconds: number, actor = customer.member) => portal.contextFor(actor, new Date(START.getTime() + seconds * 1000));

describe('new recovery codes that a browser keeps', () => {
  it('are shown for ten minutes', async () => {
    const kept = await keptByMember();
    expect(await done(showRecoveryCodes, { kept, session }, at(599))).toEqual(CODES);
    expect(await done(showRecoveryCodes, { kept, session }, at(600))).toBeNull();
  });

  it('are shown to nobody else, and in no other session', async () => {
    const kept = await keptByMember();
    expect(await done(showRecoveryCodes, { kept, session }, at(1, customer.admin))).toBeNull();
    expect(await done(showRecoveryCodes, { kept, session: randomUUID() }, at(1))).toBeNull();
    expect(await done(showRecoveryCodes, { kept: kept.slice(0, -4), session }, at(1))).toBeNull();
    expect(await done(showRecoveryCodes, { kept: null, session }, at(1))).toBeNull();
  });
});
