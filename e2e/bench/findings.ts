import type { ActionRound } from './measures/measure-action';
import type { AttackWait } from './measures/measure-attacks';
import type { AuditFinding, AuditPages } from './measures/measure-audit';
import type { CommitFinding, CommitRound } from './measures/measure-commits';
import type { KeygenRound, ValidationRound } from './measures/measure-keygen';
import type { ActivationCost, BurstFinding } from './measures/measure-licensespring';
import type { MemoryFinding } from './measures/measure-memory';
import { EARLY, LATE } from './measures/measure-memory';
import type { PageWeight } from './measures/measure-page-weight';
import type { PageQueries } from './measures/measure-queries';
import { FEW, MANY } from './measures/measure-queries';
import type { KeySearch } from './measures/measure-search';

/** A limit is a least or a greatest value; without one the finding is only reported. */
type Limit = { readonly least: number } | { readonly most: number } | null;

/** One line of the bench. */
export interface Finding {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 'kB' | 'pages' | 'ms';
  readonly limit: Limit;
  /** A further condition that must hold. */
  readonly holds: boolean;
  /** The numbers behind the number. */
  readonly detail: string;
}

export const LIMITS = {
  commitsToBare: 0.6,
  hotToSpread: 0.5,
  pageWeightKb: 45,
  memoryGrowth: 1.2,
  searchToBare: 3,
  checkOutToRefresh: 1.2,
  validationsToEmpty: 0.6,
  licenseSpringToParts: 1.3,
  burstToQuiet: 2,
  auditEndToStart: 1.5,
  othersUnderAttackMs: 500,
} as const;

/** Says whether a finding keeps its limit. */
export function isKept({ value, limit, holds }: Finding): boolean {
  if (!holds) return false;
  if (limit === null) return true;
  return 'least' in limit ? value >= limit.least : value <= limit.most;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Commits against bare statements, and on one hot entitlement against many. Medians over the rounds. */
export function commitFindings({ rounds, statementsPerCommit, countExact }: CommitFinding): Finding[] {
  const middle = (rateOf: (round: CommitRound) => number) => Math.round(median(rounds.map(rateOf)));
  const cpu = (timeOf: (round: CommitRound) => number) => median(rounds.map(timeOf)).toFixed(2);
  const cpuMs = `${cpu((round) => round.spreadCpuMs)} ms of Node's processor time each against ${cpu((round) => round.bareCpuMs)}`;
  const [spread, bare, hot] = [middle((round) => round.spread), middle((round) => round.bare), middle((round) => round.hot)];
  return [
    {
      name: 'commits, against the same SQL bare',
      value: median(rounds.map((round) => round.spread / round.bare)),
      unit: '',
      limit: { least: LIMITS.commitsToBare },
      holds: true,
      detail: `${spread}/s against ${bare}/s, ${statementsPerCommit.toFixed(2)} statements each, ${cpuMs}`,
    },
    {
      name: 'commits on one hot entitlement, against many',
      value: median(rounds.map((round) => round.hot / round.spread)),
      unit: '',
      limit: { least: LIMITS.hotToSpread },
      holds: countExact,
      detail: `${hot}/s against ${spread}/s, count ${countExact ? 'exact' : 'NOT exact'}`,
    },
  ];
}

/** Requests of the exchange action against an action that does nothing. Reported only. */
export function actionFinding(rounds: readonly ActionRound[]): Finding {
  const exchange = Math.round(median(rounds.map((round) => round.exchange)));
  const empty = Math.round(median(rounds.map((round) => round.empty)));
  return {
    name: 'exchange action, against one that does nothing',
    value: median(rounds.map((round) => round.exchange / round.empty)),
    unit: '',
    limit: null,
    holds: true,
    detail: `${exchange}/s against ${empty}/s`,
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** Time of a machine file against that of a native refresh file. */
export function checkOutFinding(rounds: readonly KeygenRound[]): Finding {
  const checkOut = Math.round(median(rounds.map((round) => round.checkOut)));
  const refresh = Math.round(median(rounds.map((round) => round.refresh)));
  return {
    name: 'machine-file check-out, against a native refresh',
    value: median(rounds.map((round) => round.refresh / round.checkOut)),
    unit: '',
    limit: { most: LIMITS.checkOutToRefresh },
    holds: true,
    detail: `${checkOut}/s against ${refresh}/s`,
  };
}

/** Signed responses about licence keys against a route with an empty response. */
export function validationFinding(rounds: readonly ValidationRound[]): Finding {
  const validate = Math.round(median(rounds.map((round) => round.validate)));
  const empty = Math.round(median(rounds.map((round) => round.empty)));
  return {
    name: 'validate-key, against an empty route handler',
    value: median(rounds.map((round) => round.validate / round.empty)),
    unit: '',
    limit: { least: LIMITS.validationsToEmpty },
    holds: true,
    detail: `${validate}/s against ${empty}/s`,
  };
}

/** First-load JavaScript above that of an empty page. */
export function pageWeightFinding({ exchangeBytes, emptyBytes }: PageWeight): Finding {
  return {
    name: 'exchange page, JavaScript above an empty page',
    value: (exchangeBytes - emptyBytes) / 1000,
    unit: 'kB',
    limit: { most: LIMITS.pageWeightKb },
    holds: true,
    detail: `${kilobytes(exchangeBytes)} against ${kilobytes(emptyBytes)}, gzip`,
  };
}

/** Pages that take more statements when there is more to show. */
export function queriesFinding(pages: readonly PageQueries[]): Finding {
  return {
    name: `pages with other queries at ${MANY} activations than at ${FEW}`,
    value: pages.filter(({ few, many }) => few !== many).length,
    unit: 'pages',
    limit: { most: 0 },
    holds: pages.length > 0,
    detail: pages.map(({ page, few, many }) => `${page} ${few === many ? few : `${few} -> ${many}`}`).join(', '),
  };
}

/** Resident memory late against early. */
export function memoryFinding({ earlyBytes, lateBytes }: MemoryFinding): Finding {
  return {
    name: `resident memory after ${LATE} exchanges, against ${EARLY}`,
    value: lateBytes / earlyBytes,
    unit: '',
    limit: { most: LIMITS.memoryGrowth },
    holds: true,
    detail: `${kilobytes(lateBytes)} against ${kilobytes(earlyBytes)}, garbage collected`,
  };
}

/** Support's search by the slowest key, against the bare query that the key's index answers. */
export function searchFinding(keys: readonly KeySearch[]): Finding {
  const ratioOf = ({ searchMs, bareMs }: KeySearch) => searchMs / bareMs;
  return {
    name: 'search by each key, against the bare indexed query',
    value: Math.max(...keys.map(ratioOf)),
    unit: '',
    limit: { most: LIMITS.searchToBare },
    holds: keys.length > 0,
    detail: keys.map((key) => `${key.by} ${key.searchMs.toFixed(2)}/${key.bareMs.toFixed(2)} ms`).join(', '),
  };
}

/** An activation of the LicenseSpring dialect against its unavoidable parts. */
export function licenseSpringFinding({ activationMs, nativeMs, signaturesMs }: ActivationCost): Finding {
  return {
    name: 'LicenseSpring activation, against its RSA signatures and a native commit',
    value: activationMs / (signaturesMs + nativeMs),
    unit: '',
    limit: { most: LIMITS.licenseSpringToParts },
    holds: true,
    detail: `${activationMs.toFixed(2)} ms against ${signaturesMs.toFixed(2)} + ${nativeMs.toFixed(2)} ms`,
  };
}

/** Waiting time of others during a burst of such activations, against that without. */
export function burstFinding({ quietMs, burstMs, activationsPerSecond }: BurstFinding): Finding {
  return {
    name: 'others beside a burst of LicenseSpring activations, against without (p95)',
    value: burstMs / quietMs,
    unit: '',
    limit: { most: LIMITS.burstToQuiet },
    holds: true,
    detail: `${burstMs.toFixed(2)} ms against ${quietMs.toFixed(2)} ms, at ${Math.round(activationsPerSecond)} activations/s`,
  };
}

/** Waiting time of others under each attack. The only limit in absolute time, because that is what people notice. */
export function attackFindings(waits: readonly AttackWait[]): Finding[] {
  return waits.map(({ attack, othersMs, sent }) => ({
    name: `others under attack (p95): ${attack}`,
    value: othersMs,
    unit: 'ms',
    limit: { most: LIMITS.othersUnderAttackMs },
    holds: true,
    detail: `${sent} sent`,
  }));
}

/** The oldest page of a long audit against its newest, for the slowest reader. */
export function auditFinding({ entries, readers }: AuditFinding): Finding {
  const ratioOf = ({ startMs, endMs, fromEndMs }: AuditPages) => Math.max(endMs, fromEndMs) / startMs;
  const describe = ({ reader, startMs, endMs, fromEndMs }: AuditPages) =>
    `${reader} ${startMs.toFixed(2)} -> ${endMs.toFixed(2)} ms by cursor, ${fromEndMs.toFixed(2)} ms from the end`;
  return {
    name: `page at the end of an audit, against its start`,
    value: Math.max(...readers.map(ratioOf)),
    unit: '',
    limit: { most: LIMITS.auditEndToStart },
    holds: readers.length > 0,
    detail: `${entries} entries; ${readers.map(describe).join('; ')}`,
  };
}
