import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** Of devices that one text finds by one key, so many are looked at. */
const MOST = sql.raw('1000');

/** Ids of devices of any customer whose name starts like this, in upper or lower case: a part of an index. */
export function devicesByName(search: string): SQL {
  return sql`select n.id from devices n where ${startsLike(sql`lower(n.name)`, sql`lower(${search}::text)`)}`;
}

/**
 * Condition on the alias `d` of devices: its name, host name, a component of its fingerprint or the id of an activation starts like this. For
 * looking among the devices of all customers: every key is a part of its index, and at most 1,000 devices are found by each.
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
