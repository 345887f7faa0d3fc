import type { Query, SQLWrapper } from 'drizzle-orm';
import { SQL, StringChunk } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

/** Most texts in the cache: far more than the portal has. Further statements are built each time. */
const TEXTS_MAX = 1000;

/** Marks a parameter between the pieces of a text: no SQL text can contain it. */
const PARAMETER = '\0';

/** A statement in parts: its fixed pieces with the places of its parameters, and the parameters. */
interface Parts {
  readonly fixed: string[];
  readonly parameters: unknown[];
}

interface RememberedText {
  readonly fixed: readonly string[];
  readonly text: string;
}

/** A statement whose text is known. */
class KnownText extends SQL {
  readonly #query: Query;

  constructor(query: Query) {
    super([]);
    this.#query = query;
  }

  override toQuery(): Query {
    return this.#query;
  }
}

function isPlain(chunk: unknown): boolean {
  return chunk === null || typeof chunk === 'string' || typeof chunk === 'number' || typeof chunk === 'boolean';
}

/** Takes a statement apart; false when it holds something that only drizzle can render. */
function takeApart({ queryChunks }: SQL, parts: Parts): boolean {
  for (const chunk of queryChunks as readonly unknown[]) {
    if (chunk instanceof StringChunk) parts.fixed.push(...chunk.value);
    else if (chunk instanceof SQL) {
      if (!takeApart(chunk, parts)) return false;
    } else if (isPlain(chunk)) {
      parts.fixed.push(PARAMETER);
      parts.parameters.push(chunk);
    } else return false;
  }
  return true;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((piece, index) => piece === other[index]);
}

/**
 * Caches the texts of statements. The portal's are few and long, and drizzle builds each anew for every execution, which takes longer than most
 * work on its result.
 *
 * @returns a function that returns a statement with its cached text, or as it was
 */
export function cacheTexts(): (statement: SQLWrapper) => SQLWrapper {
  const dialect = new PgDialect();
  const known = new Map<string, RememberedText[]>();
  let count = 0;

  function learn(statement: SQL, { fixed, parameters }: Parts): string | null {
    const { sql: text, params } = dialect.sqlToQuery(statement);
    if (count >= TEXTS_MAX || !params.every((parameter, index) => parameter === parameters[index])) return null;
    count += 1;
    const [first = ''] = fixed;
    known.set(first, [...(known.get(first) ?? []), { fixed, text }]);
    return text;
  }

  return (statement) => {
    const written = statement.getSQL();
    const parts: Parts = { fixed: [], parameters: [] };
    if (!takeApart(written, parts)) return statement;
    const text = known.get(parts.fixed[0] ?? '')?.find(({ fixed }) => isSame(fixed, parts.fixed))?.text ?? learn(written, parts);
    return text === null ? statement : new KnownText({ sql: text, params: parts.parameters });
  };
}
