import postgres from 'postgres';

/**
 * Changes a function of one test's own database, to show what a line in it is good for.
 *
 * @param change.name with its parameter types
 * @throws Error when the function does not hold what is to be replaced
 */
export async function rewriteFunction(ownerUrl: string, change: { name: string; found: RegExp; instead: string }): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql<{ definition: string }[]>`select pg_get_functiondef(${change.name}::regprocedure) as definition`;
    const definition = row?.definition ?? '';
    const changed = definition.replace(change.found, change.instead);
    if (changed === definition) throw new Error(`expected ${change.name} to hold ${change.found}, found: ${definition}`);
    await sql.unsafe(changed);
  } finally {
    await sql.end();
  }
}
