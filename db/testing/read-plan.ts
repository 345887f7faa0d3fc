import { z } from 'zod';

/** A step of a plan, as far as it is looked at. */
interface PlanStep {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  /** For each of the loops. */
  readonly 'Actual Rows'?: number | undefined;
  readonly 'Actual Loops'?: number | undefined;
  readonly 'Rows Removed by Filter'?: number | undefined;
  readonly Plans?: readonly PlanStep[] | undefined;
}

const planStep: z.ZodType<PlanStep> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number().optional(),
  'Actual Loops': z.number().optional(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(planStep).optional();
  },
});
const explained = z.tuple([z.object({ Plan: planStep })]);

/** Runs a statement with its parameters, and answers its rows. */
export type RunText = (text: string, parameters: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** A statement as it goes to the database. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * The tables that a statement would read from end to end.
 *
 * @param parameters `these`: planned for the parameters at hand; `any`: as a statement that is prepared once is planned for all
 */
export async function sequentialScans(run: RunText, { sql, params }: Statement, parameters: 'these' | 'any'): Promise<string[]> {
  const rows =
    parameters === 'these'
      ? await run(`explain (format json) ${sql}`, params)
      : await run(`explain (generic_plan, format json) ${sql}`, []);
  const [{ Plan }] = explained.parse(rows[0]?.['QUERY PLAN']);
  return scansIn(Plan).toSorted();
}

/** More often than the server plans a prepared statement anew before it considers one plan for all parameters. */
const TIMES = 7;

/** The tables that a statement reads from end to end once a connection has prepared it and carried it out some times. */
export async function settledScans(run: RunText, statement: Statement): Promise<string[]> {
  return scansIn(await settledPlan(run, statement)).toSorted();
}

/** The rows of a table that such a statement reads, wanted or not. */
export async function settledReads(run: RunText, statement: Statement, table: string): Promise<number> {
  return readsOf(table, await settledPlan(run, statement));
}

async function settledPlan(run: RunText, { sql, params }: Statement): Promise<PlanStep> {
  const values = params.length === 0 ? '' : `(${params.map(literalOf).join(', ')})`;
  await run(`prepare settled as ${sql}`, []);
  try {
    for (let time = 0; time < TIMES; time += 1) await run(`execute settled${values}`, []);
    const rows = await run(`explain (analyze, format json) execute settled${values}`, []);
    const [{ Plan }] = explained.parse(rows[0]?.['QUERY PLAN']);
    return Plan;
  } finally {
    await run('deallocate settled', []);
  }
}

function readsOf(table: string, step: PlanStep): number {
  const { 'Actual Rows': rows = 0, 'Actual Loops': loops = 0, 'Rows Removed by Filter': removed = 0, Plans = [] } = step;
  const here = step['Relation Name'] === table ? (rows + removed) * loops : 0;
  return Plans.reduce((sum, below) => sum + readsOf(table, below), here);
}

function literalOf(value: unknown): string {
  return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}

function scansIn(step: PlanStep): string[] {
  const below = (step.Plans ?? []).flatMap(scansIn);
  return step['Node Type'] === 'Seq Scan' ? [step['Relation Name'] ?? '', ...below] : below;
}
