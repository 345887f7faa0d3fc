/** The four files of the native format: the names in their armour and their signed header, and their file extensions. */
export const KINDS = {
  'activation-request': { label: 'ACTIVATION REQUEST', typ: 'activation-request+jwt', from: 'device' },
  'activation-response': { label: 'ACTIVATION RESPONSE', typ: 'activation-response+jwt', from: 'portal' },
  refresh: { label: 'REFRESH', typ: 'refresh+jwt', from: 'portal' },
  deactivation: { label: 'DEACTIVATION PROOF', typ: 'deactivation+jwt', from: 'device' },
} as const;

export type Kind = keyof typeof KINDS;

const ALL = ['activation-request', 'activation-response', 'refresh', 'deactivation'] as const satisfies readonly Kind[];

/** Finds the kind of a label, both compared without white space. */
export function kindOfLabel(squeezedLabel: string): Kind | undefined {
  return ALL.find((kind) => squeezeLabel(kind) === squeezedLabel);
}

/** Finds the kind that a JWS `typ` names. */
export function kindOfTyp(typ: string): Kind | undefined {
  return ALL.find((kind) => KINDS[kind].typ === typ);
}

/** Returns a kind's label without white space, to search for it in re-wrapped text. */
export function squeezeLabel(kind: Kind): string {
  return KINDS[kind].label.replaceAll(' ', '');
}
