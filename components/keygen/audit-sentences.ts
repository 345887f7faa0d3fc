import type { KEYGEN_AUDIT_ACTIONS } from '@/lib/licensing/keygen/audit-actions';
import type { FormatEvent } from '../audit/audited-event';
import { productOf, seatOf, withInstant } from '../audit/audited-event';

type Action = (typeof KEYGEN_AUDIT_ACTIONS)[keyof typeof KEYGEN_AUDIT_ACTIONS][number];

/** Sentences about keys, files and proofs of software built for Keygen. */
export const KEYGEN_EVENTS: Readonly<Record<Action, FormatEvent>> = {
  'keygen.key-made': (it) => [it.who, ' made the licence key of ', productOf(it)],
  'keygen.license-file-issued': (it) => [
    ...[it.who, ' made a licence file of ', productOf(it)],
    ...withInstant(it, ', until ', 'expiresAt'),
  ],
  'keygen.proof-issued': (it) => [it.who, ' made an activation proof for ', ...seatOf(it)],
  'keygen.keys-created': (it) => [it.who, ' made the keys for software built for Keygen'],
  'keygen.keys-rotated': (it) => [it.who, ' put new keys for software built for Keygen into use'],
};

/** What was attempted, by operation, as the end of a sentence. */
export const KEYGEN_TRIES: Readonly<Record<string, FormatEvent>> = {
  'keygen.check-out': (it) => ['make a new machine file for ', ...seatOf(it)],
  'keygen.activate': (it) => ['activate ', ...seatOf(it)],
  'keygen.issue-key': (it) => ['make a licence key for ', productOf(it)],
  'keygen.issue-licence-file': (it) => ['make a licence file for ', productOf(it)],
  'keygen.issue-proof': (it) => ['make a proof for ', ...seatOf(it)],
};
