import type { Breach, Verified } from '@/lib/signing/audit/verify-export';
import type { Answer } from './perform-command';

const BREACHES: Record<Breach, string> = {
  unreadable: 'is no line of an export',
  header: 'is not the header of an audit of this vendor',
  changed: 'is not the entry that was sealed: it was changed, or one before it was taken out or put in',
  missing: 'comes too early: an entry is missing before it',
  reordered: 'comes too early: the entries were put in another order',
  repeated: 'comes again, or too late',
  'out-of-turn': 'was sealed behind an entry that was written after it: it was kept from its seal, or put in afterwards',
  foreign: 'is an entry of another chain',
  'checkpoint-forged': 'is a checkpoint that this vendor did not sign',
  'checkpoint-differs': 'is a checkpoint of other entries than those before it',
  'not-vouched-for': 'is the last, and no checkpoint stands behind it',
};

/** Describes a verified export for programs and people. Refused (exit status 1) when it is broken or has fewer entries than `atLeast`. */
export function describeVerified(verified: Verified, { isKnown, atLeast }: { isKnown: boolean; atLeast: number }): Answer {
  const { broken, vouchedFor, entries, rootKeyThumbprint, chain } = verified;
  const json = { ...verified, rootKeyIsKnown: isKnown, expectedAtLeast: atLeast };
  if (broken !== null) {
    const entry = broken.sequence === null ? '' : ` (entry ${broken.sequence})`;
    const lines = [
      `Broken: ${broken.breach} in line ${broken.line}${entry}.`,
      `Line ${broken.line} ${BREACHES[broken.breach]}.`,
      `Expected ${broken.expected}; found ${broken.found}.`,
      vouchedFor === null ? 'Nothing before it is vouched for.' : `Entries up to ${vouchedFor.sequence} hold.`,
    ];
    return { isRefused: true, json, lines };
  }
  const until =
    vouchedFor === null
      ? 'The file holds no entry. Whether any was cut off cannot be seen.'
      : `The last checkpoint is of ${vouchedFor.at.toISOString()}. Whether later entries were cut off behind it cannot be seen.`;
  const root = isKnown ? [] : [`The root key is the one the file names, ${rootKeyThumbprint}: compare it, or give --vendor.`];
  if (entries < atLeast) {
    const found =
      entries === 0
        ? `Empty: the file holds no entry of ${chain}.`
        : `Short: expected at least ${atLeast} entries, found ${entries}.`;
    return {
      isRefused: true,
      json,
      lines: [found, 'Whole as far as it goes. Export it again, or say how many entries there must be: --at-least N.', ...root],
    };
  }
  return { json, lines: [`Whole: ${entries} entries of ${chain}, as they were sealed.`, until, ...root] };
}
