import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

type Kind = 'activation' | 'activation code' | 'customer' | 'device' | 'entitlement' | 'exchange' | 'person' | 'request';

/**
 * Names a row by what it is, so that a later call goes on where an earlier one ended. Version 8 (RFC 9562): made of what one likes.
 *
 * @param number an expression of SQL
 */
export function idOf(kind: Kind, number: string): SQL {
  return sql.raw(`overlay(overlay(md5('${kind} ' || ${number}) placing '8' from 13) placing 'a' from 17)::uuid`);
}

/** A SHA-256 digest as devices write it: 43 characters of base64url. */
export function digestOf(text: string): SQL {
  return sql.raw(`translate(encode(sha256(convert_to(${text}, 'UTF8')), 'base64'), '+/=', '-_')`);
}

const LETTERS = "'23456789ABCDEFGHJKLMNPQRSTUVWXYZ'";

/** A trouble code with its check character, as `lib/licensing/support/trouble-code.ts` writes it. */
export function troubleCodeOf(number: string): SQL {
  const check = `(select sum((k + 1) * (strpos(${LETTERS}, substr(five, k, 1)) - 1))::integer % 31 + 1 from generate_series(1, 5) k)`;
  const five = `upper(translate(left(md5('trouble ' || ${number}), 5), '01', 'yz'))`;
  return sql.raw(`(select five || substr(${LETTERS}, ${check}, 1) from (select ${five} as five) t)`);
}
