/** Emphasis of a button: one `primary` per page; `danger` only where a device may stop. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

/** `large` for the main act of a page, `small` in rows; all are at least 44 px high on touch screens. */
export type ButtonSize = 'large' | 'medium' | 'small';

const KIND: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent shadow-card hover:bg-accent/90',
  secondary: 'border border-edge/60 bg-surface text-ink shadow-card hover:border-edge hover:bg-sunken',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'bg-stopped text-on-stopped shadow-card hover:bg-stopped/90',
};

const SIZE: Record<ButtonSize, string> = {
  large: 'min-h-12 gap-2.5 rounded-xl px-6 text-base',
  medium: 'min-h-11 gap-2 rounded-lg px-4 text-sm',
  small: 'min-h-9 gap-1.5 rounded-lg px-3 text-xs pointer-coarse:min-h-11',
};

/** Gets the classes of a button, or of a link that looks like one. */
export function buttonClass(kind: ButtonKind = 'primary', size: ButtonSize = 'medium'): string {
  return `inline-flex items-center justify-center text-center font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 ${KIND[kind]} ${SIZE[size]}`;
}
