import { setProofs } from '@/lib/operations/keygen/set-proofs';
import { KEYGEN_PROOFS } from './keygen-terms';
import { saying } from './perform-command';

/** Switches activation proofs of an offering on or off. */
export const setProofsCommand = saying({
  words: 'offering set',
  summary: 'Change an offering, also for what was sold of it before.',
  example: 'press-pro --keygen-proofs off',
  operation: setProofs,
  options: { code: { flags: 'CODE', help: 'The offering.' }, keygenProofs: KEYGEN_PROOFS },
  say: ({ code, keygenProofs, changed }) => [
    `Activation proofs ${changed ? 'are' : 'were already'} ${keygenProofs ? 'on' : 'off'} for ${code}.`,
    ...(keygenProofs ? ['A proof has no end: a machine that keeps one runs on after its seat was released.'] : []),
    ...(changed && !keygenProofs ? ['Proofs that were made before stay good.'] : []),
  ],
});
