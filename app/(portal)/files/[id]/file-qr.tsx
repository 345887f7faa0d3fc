import { QrCode } from '@/components/exchange/qr-code';
import { Disclosure } from '@/components/layout/disclosure';
import { drawQr } from '@/lib/web/draw-qr';

/** What one QR code of the largest version holds in bytes (ISO/IEC 18004, table 7). */
const MAX_BYTES = 2953;

/** A file as a QR code that a machine with a camera reads, where it fits into one. */
export function FileQr({ text }: { readonly text: string }) {
  if (new TextEncoder().encode(text).byteLength > MAX_BYTES) {
    return (
      <p className="text-ink-3 text-sm">
        It is too large for one QR code. Carry it as a file or as text, or make one that brings less along.
      </p>
    );
  }
  return (
    <Disclosure label="Show QR code">
      <QrCode drawing={drawQr(text)} label="The text of the file" size="large" />
    </Disclosure>
  );
}
