import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { z } from 'zod';

/** A step of a plan, as far as it is looked at. */
interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly Plans?: readonly PlanStep[] | undefined;
}

const planStep: z.ZodType<PlanStep> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(planStep).optional();
  },
});
const explained = z.tuple([z.object({ Plan: planStep })]);

/** Runs a statement with its parameters, and answers its rows. */
export type RunText = (text: string, parameters: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/**
 * The tables that a statement would read from end to end.
 *
 * @param parameters `these`: planned for the parameters at hand; `any`: as a statement that is prepared once is planned for all
 */
export async function sequentialScans(run: RunText, statement: SQL, parameters: 'these' | 'any'): Promise<string[]> {
  const { sql, params } = new PgDialect().sqlToQuery(statement);
  const rows =
    parameters === 'these'
      ? await run(`explain (format json) ${sql}`, params)
      : await run(`explain (generic_plan, format json) ${sql}`, []);
  const [{ Plan }] = explained.parse(rows[0]?.['QUERY PLAN']);
  return scansIn(Plan).toSorted();
}

function scansIn(step: PlanStep): string[] {
  const below = (step.Plans ?? []).flatMap(scansIn);
  return step['Node Type'] === 'Seq Scan' ? [step['Relation Name'] ?? '', ...below] : below;
}
