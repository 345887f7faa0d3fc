import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countPlaywright, countVitest, judge } from './test-report';

const folder = mkdtempSync(join(tmpdir(), 'airgate-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(value: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

test.each([
  { what: 'tests that passed', count: { passed: 3, failed: 0 }, exitCode: 0, counts: { passed: 3, failed: 0 } },
  { what: 'tests of which one failed', count: { passed: 3, failed: 1 }, exitCode: 1, counts: { passed: 3, failed: 1 } },
  {
    what: 'a runner that crashed after its tests',
    count: { passed: 3, failed: 0 },
    exitCode: 1,
    counts: { passed: 3, failed: 1 },
  },
  { what: 'a runner that ran nothing', count: { passed: 0, failed: 0 }, exitCode: 0, counts: { passed: 0, failed: 1 } },
  { what: 'a runner that left no report', count: null, exitCode: 0, counts: { passed: 0, failed: 1 } },
])('counts $what', ({ count, exitCode, counts }) => {
  expect(judge(count, exitCode)).toEqual(counts);
});

test('reads the report of each runner, and takes a flaky test for a failed one', () => {
  expect(countVitest(report({ numPassedTests: 5, numFailedTests: 2 }))).toEqual({ passed: 5, failed: 2 });
  expect(countPlaywright(report({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 } }))).toEqual({
    passed: 4,
    failed: 2,
  });
});

test('takes a report that is missing or of another shape for none', () => {
  expect(countVitest(join(folder, 'missing.json'))).toBeNull();
  expect(countPlaywright(report({ numPassedTests: 5 }))).toBeNull();
});
