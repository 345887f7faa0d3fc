import { z } from 'zod';
import type { UserRow } from '@/db/people/manage-people';
import { readCustomers, readUsers } from '@/db/people/manage-people';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Actor } from '../actor';
import { unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { email } from '../operator-input';

export const listCustomers = defineOperation({
  name: 'customer.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) => done(await readCustomers(db)),
});

/** Lists every account and invitation of the installation. */
export const listUsers = defineOperation({
  name: 'user.list',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({}),
  run: async (_, { db }) => done(await readUsers(db)),
});

/** Finds the person with an address, as an actor. The command line may act as any person, because it holds the master key; the audit names them. */
export const findPerson = defineOperation({
  name: 'user.find',
  kind: 'query',
  permission: 'installation:manage',
  input: z.strictObject({ email }),
  async run({ email: address }, { db }) {
    const people = await readUsers(db, [address]);
    const person = people.find(isActive);
    if (people.length === 0) return refuse(unknownName('person', address));
    if (person === undefined) {
      const isInvited = people.some(({ disabledAt }) => disabledAt === null);
      return refuse(reject(isInvited ? 'person-invited' : 'person-disabled', { name: address }));
    }
    const { id: userId, role, customerId } = person;
    if (role === 'support') return done<Actor>({ role, userId, label: address });
    if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
    return done<Actor>({ role, userId, customerId, label: address });
  },
});

/** Whether an account is active. An address has at most one active account. */
export function isActive({ joinedAt, disabledAt }: Pick<UserRow, 'joinedAt' | 'disabledAt'>): boolean {
  return joinedAt !== null && disabledAt === null;
}
