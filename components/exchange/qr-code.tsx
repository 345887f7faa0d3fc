interface QrCodeProps {
  /** One path over `size` by `size` modules, without the quiet zone. */
  readonly drawing: { readonly size: number; readonly path: string };
  /** Text alternative: what the code contains. */
  readonly label: string;
  /** `large` for codes with many modules. */
  readonly size?: 'medium' | 'large';
}

/** Width of the quiet zone, in modules (ISO/IEC 18004, section 9.1). */
const QUIET = 4;

/** Shows a QR code, black on white in both themes, since many cameras cannot read inverted codes. */
export function QrCode({ drawing, label, size = 'medium' }: QrCodeProps) {
  const side = drawing.size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      className={`shrink-0 rounded-xl border border-line ${size === 'large' ? 'aspect-square w-full max-w-xl' : 'size-52'}`}
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={drawing.path} fill="#000" />
    </svg>
  );
}
