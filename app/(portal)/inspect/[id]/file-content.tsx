import { FileText } from '@/components/exchange/file-text';
import { Note } from '@/components/feedback/note';
import { Card } from '@/components/layout/card';
import { Facts } from '@/components/tables/facts';
import { Instant } from '@/components/time/instant';
import type { Inspection } from '@/lib/operations/support/show-inspection';

const DECODED =
  'Files of this kind are base64, and carry keys and passwords in the clear. Shown is what it holds, with those masked.';
const DAMAGED = 'It is damaged, and may hold a key or a password in the clear, so its text is not shown.';

/** The file as text, who brought it, and what it can be told by. */
export function FileContent({ file, maskedText }: Pick<Inspection, 'file' | 'maskedText'>) {
  const text = maskedText ?? (file.content === null ? null : textOf(file.content));
  return (
    <div className="grid gap-4">
      <Shown text={text} isMasked={maskedText !== null} isKept={file.content !== null} />
      <Card>
        <Facts
          facts={[
            { term: 'Brought by', value: file.actor },
            { term: 'When', value: <Instant at={file.at} precision="minute" focusable /> },
            { term: 'Size', value: `${file.fileSize?.toLocaleString('en-GB') ?? 'unknown'} bytes` },
            { term: 'SHA-256', value: <span className="break-all">{file.fileDigest ?? '–'}</span>, mono: true },
          ]}
        />
      </Card>
    </div>
  );
}

interface ShownProps {
  readonly text: string | null;
  readonly isMasked: boolean;
  readonly isKept: boolean;
}

function Shown({ text, isMasked, isKept }: ShownProps) {
  if (text === null)
    return (
      <Note tone="info">
        {isKept ? 'It is not text.' : 'Its bytes are not kept: it is too large, could not be opened, or came in too long ago.'}
      </Note>
    );
  if (!isMasked) return <FileText text={text} />;
  if (text === '') return <Note tone="info">{DAMAGED}</Note>;
  return (
    <>
      <Note tone="info">{DECODED}</Note>
      <FileText text={text} isPlain />
    </>
  );
}

function textOf(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
