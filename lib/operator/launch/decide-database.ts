import type { DemoSetting } from '@/lib/settings/settings';

/** State of the databases on the embedded server before the decision. */
export interface EmbeddedDatabases {
  /** The portal, or a command, has used the own database before. */
  readonly isOwnUsed: boolean;
  readonly demo: 'missing' | 'unfinished' | 'whole';
}

/**
 * Decides which database of the embedded server to use. A start and a command with the same settings use the same one; only a start makes
 * the demo where it is missing.
 *
 * @returns `no-demo`: a command is for the demo, which is not there
 */
export function decideDatabase(
  { wanted }: Pick<DemoSetting, 'wanted'>,
  { isOwnUsed, demo }: EmbeddedDatabases,
  by: 'portal' | 'command',
): 'own' | 'demo' | 'no-demo' {
  if (wanted === 'off' || (wanted === 'until-own' && isOwnUsed)) return 'own';
  if (by === 'portal' || demo === 'whole') return 'demo';
  // The first command of an installation that was never started: it can only be for the own database.
  return wanted === 'until-own' && demo === 'missing' ? 'own' : 'no-demo';
}
