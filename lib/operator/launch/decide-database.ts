import type { DemoSetting } from '@/lib/settings/settings';

/** What there is on the embedded server before it is decided which database to use. */
export interface EmbeddedDatabases {
  /** The portal, or a command, has used the own database before. */
  readonly isOwnUsed: boolean;
  readonly demo: 'missing' | 'unfinished' | 'whole';
}

/**
 * Decides which database of the embedded server is meant. A start and a command with the same settings mean the same one; only a start makes
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
  // The first command of an installation that nobody has started yet: there is nothing else that it could be for.
  return wanted === 'until-own' && demo === 'missing' ? 'own' : 'no-demo';
}
