import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** Most devices that one key finds. */
const MOST = sql.raw('1000');

/** Selects the ids of devices of all customers whose name starts with a text, in upper or lower case: a range of an index. */
export function devicesByName(search: string): SQL {
  return sql`select n.id from devices n where ${startsLike(sql`lower(n.name)`, sql`lower(${search}::text)`)}`;
}

/**
 * Condition on the alias `d` of devices: its name, host name, a component of its fingerprint or the id of an activation starts with a text. For
 * searches among the devices of all customers: every key is a range of its index, and finds at most 1,000 devices.
 */
export function deviceStarts(search: string): SQL {
  const ways = [
    devicesByName(search),
    sql`select h.id from devices h where ${startsLike(sql`lower(h.hostname)`, sql`lower(${search}::text)`)}`,
    sql`select f.device_id from device_components f where ${startsLike(sql`f.digest`, sql`${search}::text`)}`,
  ];
  const digits = search.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{1,32}$/.test(digits)) {
    ways.push(sql`select i.device_id from activations i
      where i.id between ${digits.padEnd(32, '0')}::uuid and ${digits.padEnd(32, 'f')}::uuid order by i.id`);
  }
  // As an array, since the devices are then found by their ids however many there are.
  return sql`d.id = any(array(${sql.join(
    ways.map((way) => sql`(${way} limit ${MOST})`),
    sql` union all `,
  )}))`;
}

function startsLike(column: SQL, start: SQL): SQL {
  const sorted = sql`${column} collate "C"`;
  return sql`${sorted} >= ${start} collate "C" and ${sorted} < (${start} || chr(1114111)) collate "C" order by ${sorted}`;
}
