import { encode } from 'uqr';

/** A QR code as one path: `size` modules wide and high, without the quiet zone. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

/** Draws a text as a QR code with the lowest error correction: screens do not tear, and old cameras read fewer modules better. */
export function drawQr(text: string): QrDrawing {
  const { size, data } = encode(text, { ecc: 'L', border: 0 });
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return { size, path };
}
