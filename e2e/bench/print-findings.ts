import type { Finding } from './findings';
import { isKept } from './findings';

function shownValue({ value, unit }: Finding): string {
  if (unit === 'pages') return String(value);
  if (unit === 'ms') return `${Math.round(value)} ms`;
  return unit === 'kB' ? `${value.toFixed(1)} kB` : value.toFixed(2);
}

function shownLimit({ limit, unit }: Finding): string {
  if (limit === null) return 'reported';
  const suffix = unit === 'kB' || unit === 'ms' ? ` ${unit}` : '';
  return 'least' in limit ? `at least ${limit.least}${suffix}` : `at most ${limit.most}${suffix}`;
}

function verdictOf(finding: Finding): string {
  if (finding.limit === null) return '–';
  return isKept(finding) ? 'kept' : 'MISSED';
}

/** The findings as a table for people. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    finding.name,
    shownValue(finding),
    shownLimit(finding),
    verdictOf(finding),
    finding.detail,
  ]);
  const all = [['what', 'found', 'limit', 'verdict', 'behind it'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The findings for programs. */
export function jsonOf(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map((finding) => ({ ...finding, kept: finding.limit === null ? null : isKept(finding) })),
    null,
    2,
  );
}
