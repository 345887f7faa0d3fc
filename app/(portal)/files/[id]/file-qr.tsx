import { QrCode } from '@/components/exchange/qr-code';
import { Disclosure } from '@/components/layout/disclosure';
import { drawQr } from '@/lib/web/draw-qr';

/** Capacity in bytes of the largest QR code (ISO/IEC 18004, table 7). */
const MAX_BYTES = 2953;

/** Shows a file as a QR code for machines with a camera, when it fits into one. */
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
