/** The four states a thing can be in, and none of them. */
export type Tone = 'fine' | 'soon' | 'stopped' | 'info' | 'quiet';

/** Text and surface of each. */
export const TONE_CLASS: Record<Tone, string> = {
  fine: 'bg-fine-soft text-fine',
  soon: 'bg-soon-soft text-soon',
  stopped: 'bg-stopped-soft text-stopped',
  info: 'bg-info-soft text-info',
  quiet: 'bg-sunken text-ink-2',
};
