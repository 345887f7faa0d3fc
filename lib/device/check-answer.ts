import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { DeviceState } from './state';

function refuseResponse(state: DeviceState, reply: OpenedReply): Rejection | null {
  const { pending, activation } = state;
  if (activation !== null && activation.requestId === reply.inResponseTo) {
    return refuseOlder(activation, reply) ?? reject('answer-to-another-request');
  }
  if (pending === null) return reject(activation === null ? 'answer-to-nothing' : 'answer-to-another-request');
  if (reply.inResponseTo !== pending.requestId) return reject('answer-to-another-request');
  return refuseOlder(activation, reply) ?? refuseProduct(pending.productCode, reply);
}

function refuseRefresh(state: DeviceState, reply: OpenedReply): Rejection | null {
  const { activation } = state;
  if (activation === null) return reject('not-activated');
  if (activation.activationId !== reply.activationId) return reject('answer-for-another-device');
  return refuseOlder(activation, reply) ?? refuseProduct(activation.productCode, reply);
}

/** Refuses a lease that was issued before the one in place. The sequence of another activation starts at one. */
function refuseOlder(activation: DeviceState['activation'], reply: OpenedReply): Rejection | null {
  if (activation === null || activation.activationId !== reply.activationId) return null;
  if (reply.lease.sequence > activation.leaseSequence) return null;
  return reject('answer-out-of-date', { current: activation.leaseSequence, found: reply.lease.sequence });
}

function refuseProduct(expected: string, reply: OpenedReply): Rejection | null {
  const found = reply.rights.productCode;
  return found === expected ? null : reject('answer-for-another-product', { expected, found });
}

/** Refuses a verified answer that is not for the pending request or the activation of this device; null when it is. */
export function refuseAnswer(state: DeviceState, reply: OpenedReply): Rejection | null {
  return reply.kind === 'refresh' ? refuseRefresh(state, reply) : refuseResponse(state, reply);
}
