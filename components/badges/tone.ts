/** Four kinds of state, and `quiet` for none. */
export type Tone = 'fine' | 'soon' | 'stopped' | 'info' | 'quiet';

/** Classes of each tone: text and surface. */
export const TONE_CLASS: Record<Tone, string> = {
  fine: 'bg-fine-soft text-fine',
  soon: 'bg-soon-soft text-soon',
  stopped: 'bg-stopped-soft text-stopped',
  info: 'bg-info-soft text-info',
  quiet: 'bg-sunken text-ink-2',
};
