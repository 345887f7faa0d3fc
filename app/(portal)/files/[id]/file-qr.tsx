import { QrCode } from '@/components/qr-code';
import { drawQr } from '@/lib/web/draw-qr';

/** What one QR code of the largest version holds in bytes (ISO/IEC 18004, table 7). */
const GREATEST_BYTES = 2953;

/** A file as a QR code that a machine with a camera reads, where it fits into one. */
export function FileQr({ text }: { readonly text: string }) {
  const fits = new TextEncoder().encode(text).byteLength <= GREATEST_BYTES;
  return (
    <details className="rounded-2xl border border-line bg-surface px-5 py-4">
      <summary className="cursor-pointer rounded-sm font-medium text-sm">Show as QR code</summary>
      <div className="mt-4 text-sm">
        {fits ? (
          <QrCode drawing={drawQr(text)} label="The text of the file" size="large" />
        ) : (
          <p className="text-ink-2">
            This file is too large for one QR code. Carry it as a file or as text, or make one that brings less along.
          </p>
        )}
      </div>
    </details>
  );
}
