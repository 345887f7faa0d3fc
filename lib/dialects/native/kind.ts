/** The four files of the native format: what their armour and their signed header call them, and how their names end. */
export const KINDS = {
  'activation-request': { label: 'ACTIVATION REQUEST', typ: 'activation-request+jwt', from: 'device' },
  'activation-response': { label: 'ACTIVATION RESPONSE', typ: 'activation-response+jwt', from: 'portal' },
  refresh: { label: 'REFRESH', typ: 'refresh+jwt', from: 'portal' },
  deactivation: { label: 'DEACTIVATION PROOF', typ: 'deactivation+jwt', from: 'device' },
} as const;

export type Kind = keyof typeof KINDS;

const ALL = ['activation-request', 'activation-response', 'refresh', 'deactivation'] as const satisfies readonly Kind[];

/** The kind whose label this is, once white space is taken out of both. */
export function kindOfLabel(squeezedLabel: string): Kind | undefined {
  return ALL.find((kind) => squeezeLabel(kind) === squeezedLabel);
}

/** The kind that a JWS `typ` names. */
export function kindOfTyp(typ: string): Kind | undefined {
  return ALL.find((kind) => KINDS[kind].typ === typ);
}

/** A kind's label without white space, as it is searched for in re-wrapped text. */
export function squeezeLabel(kind: Kind): string {
  return KINDS[kind].label.replaceAll(' ', '');
}
