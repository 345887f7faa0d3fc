import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests a runner ran, by outcome. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

const vitestSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightSchema = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Counts from vitest's JSON report; null when there is none. */
export function countVitest(file: string): Count | null {
  const report = vitestSchema.safeParse(readReport(file));
  return report.success ? { passed: report.data.numPassedTests, failed: report.data.numFailedTests } : null;
}

/** Counts from Playwright's JSON report; null when there is none. A test that failed before it passed has failed. */
export function countPlaywright(file: string): Count | null {
  const report = playwrightSchema.safeParse(readReport(file));
  if (!report.success) return null;
  const { expected, unexpected, flaky } = report.data.stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * Judges the result of a runner. A runner that failed without a failed test has crashed, and one that ran no test has tested nothing: both
 * count as one failure.
 */
export function judge(count: Count | null, exitCode: number): Count {
  if (count === null) return { passed: 0, failed: 1 };
  const isSound = count.failed > 0 || (exitCode === 0 && count.passed > 0);
  return isSound ? count : { passed: count.passed, failed: 1 };
}
