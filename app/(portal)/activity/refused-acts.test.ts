import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { formatRefusedAct } from '@/components/audit/format-refused-act';
import { auditKindOf, refusedActionOf } from '@/lib/licensing/audit/audit-action';
import { mayPerform } from '@/lib/operations/permission';
import { listOperations } from '@/lib/operations/testing/list-operations';

/** What people read of a refused command of which nothing else is known. */
const tell = (operation: string) => {
  const who = { name: 'Ada', href: null };
  return formatRefusedAct({ who, device: null, entitlement: null, person: null, fileName: null, detail: { operation } });
};

it('has words for every command that people are refused', async () => {
  const people = ['member', 'customer_admin', 'support'] as const;
  const commands = (await listOperations()).filter(
    ({ kind, permission }) => kind === 'command' && people.some((role) => mayPerform(role, permission)),
  );
  expect(commands.length).toBeGreaterThan(20);
  expect(commands.map(({ name }) => name).filter((name) => isDeepStrictEqual(tell(name), tell('no.command')))).toEqual([]);
  const kinds = new Map(commands.map(({ name }) => [name, auditKindOf(refusedActionOf(name))]));
  expect(kinds.get('device.rename')).toBe('devices');
  expect(kinds.get('view.start')).toBe('sign-ins');
  expect([...kinds].filter(([name, kind]) => kind === 'vendor' && name !== 'audit.export')).toEqual([]);
});
