import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { SearchedBy } from '@/db/support/search';
import type { KeyLook } from '@/db/testing/search-looks';

type How = 'start' | 'digest' | 'id' | 'exact';

/** The one table that each way of searching reads its index of, by which column, and how. */
const WAYS: Readonly<Record<SearchedBy, readonly [table: string, column: string, how: How]>> = {
  'customer-name': ['customers', 'name', 'start'],
  'customer-code': ['customers', 'code', 'start'],
  'person-email': ['users', 'email', 'start'],
  'person-name': ['users', 'name', 'start'],
  'device-name': ['devices', 'name', 'start'],
  'device-asset-tag': ['devices', 'asset_tag', 'start'],
  'device-hostname': ['devices', 'hostname', 'start'],
  'device-id': ['devices', 'id', 'id'],
  fingerprint: ['device_components', 'digest', 'digest'],
  'activation-id': ['activations', 'id', 'id'],
  'trouble-code': ['exchanges', 'trouble_code', 'exact'],
  'trouble-code-of-act': ['audit_entries', 'trouble_code', 'exact'],
  'request-id': ['exchanges', "split_part(request_key, ':', 3)", 'digest'],
  'exchange-id': ['exchanges', 'id', 'id'],
  'order-reference': ['entitlements', 'order_reference', 'start'],
  'entitlement-id': ['entitlements', 'id', 'id'],
  'last-four': ['activation_codes', 'last_four', 'exact'],
};

/** The query that a search is compared with: rows of one table by one index, without names from other tables. */
export function bareSearch({ by, text }: KeyLook): SQL {
  const [table, column, how] = WAYS[by];
  const [from, found] = [sql.identifier(table), sql.raw(column)];
  switch (how) {
    case 'start': {
      const lower = sql`lower(${found}) collate "C"`;
      const present = by === 'order-reference' ? sql`order_reference <> '' and` : sql``;
      return sql`select * from ${from} where ${present} ${lower} >= lower(${text}::text) collate "C"
        and ${lower} < (lower(${text}::text) || chr(1114111)) collate "C" order by ${lower} limit 11`;
    }
    case 'digest': {
      const sorted = sql`${found} collate "C"`;
      return sql`select * from ${from} where ${sorted} >= ${text}::text and ${sorted} < ${text}::text || chr(1114111) order by ${sorted} limit 11`;
    }
    case 'id': {
      const digits = text.replaceAll('-', '');
      return sql`select * from ${from} where id between ${digits.padEnd(32, '0')}::uuid and ${digits.padEnd(32, 'f')}::uuid order by id limit 11`;
    }
    case 'exact':
      return sql`select * from ${from} where ${found} = ${text}::text limit 11`;
  }
}
