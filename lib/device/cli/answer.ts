import type { Ending } from '@/lib/command-line/run-program';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

/** The output of a command, for people and as JSON. */
export type Answer = Ending & { readonly exitStatus: 0 | 1 };

/** Explains a rejection on the device, where a damaged file is an answer, not a request as on the portal. */
function explainOnDevice(rejection: Rejection): { cause: string; fix: string } {
  const { code } = rejection;
  if (code === 'file-is-an-answer' || !/^(file|token|claims|exchange)-/.test(code)) return explain(rejection);
  return {
    cause: 'This is not a whole and unchanged answer of the portal.',
    fix: 'Copy the answer from the portal to this machine once more, and apply it.',
  };
}

/** Describes a refusal, with its code. Exit status 1. */
export function refusal(rejection: Rejection, more: object = {}): Answer {
  const { cause, fix } = explainOnDevice(rejection);
  const { code, facts } = rejection;
  return { exitStatus: 1, lines: [cause, fix, `(${code})`], json: { ok: false, code, cause, fix, facts, ...more } };
}

/** Describes the licence as JSON. Instants are ISO 8601 in UTC. */
export function describeLicence(reply: OpenedReply) {
  const { activationId, customerName, lease, rights } = reply;
  return {
    activationId,
    customer: customerName,
    product: rights.productCode,
    offering: rights.offeringCode,
    entitlementId: rights.entitlementId,
    plan: rights.planType,
    seats: rights.seats,
    features: Object.fromEntries(rights.features.map((one) => [one.code, one.kind === 'on-off' ? one.enabled : one.limit])),
    attributes: rights.attributes,
    lease: {
      sequence: lease.sequence,
      startsAt: lease.startsAt.toISOString(),
      endsAt: lease.endsAt.toISOString(),
      graceEndsAt: lease.graceEndsAt?.toISOString() ?? null,
    },
    termEndsAt: rights.termEndsAt?.toISOString() ?? null,
    maintenanceEndsAt: rights.maintenanceEndsAt?.toISOString() ?? null,
    clockSkewSeconds: reply.clockSkewSeconds,
  };
}

/** Formats the licence as lines for people. */
export function formatLicence(reply: OpenedReply): string {
  const { lease, rights } = reply;
  const features = rights.features.map((one) => {
    if (one.kind === 'counted') return `${one.code} (${one.limit})`;
    return one.enabled ? one.code : `no ${one.code}`;
  });
  return [
    `Product      ${rights.productCode} (${rights.offeringCode})${reply.customerName === null ? '' : `, licensed to ${reply.customerName}`}`,
    `Lease        number ${lease.sequence}, until ${lease.endsAt.toISOString()}`,
    ...(lease.graceEndsAt === null ? [] : [`Grace        until ${lease.graceEndsAt.toISOString()}`]),
    ...(features.length === 0 ? [] : [`Features     ${features.join(', ')}`]),
    `Activation   ${reply.activationId}`,
  ].join('\n');
}
