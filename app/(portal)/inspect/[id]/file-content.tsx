import { Facts } from '@/components/data/facts';
import { FileText } from '@/components/files/file-text';
import { Card } from '@/components/frame/card';
import { Note } from '@/components/notes/note';
import { Instant } from '@/components/time/instant';
import type { Inspection } from '@/lib/operations/show-inspection';

/** The file as text, who brought it, and what it can be told by. */
export function FileContent({ file }: Pick<Inspection, 'file'>) {
  const text = file.content === null ? null : textOf(file.content);
  return (
    <div className="grid gap-4">
      {text === null ? (
        <Note tone="info">{file.content === null ? 'It is too large to be kept.' : 'It is not text.'}</Note>
      ) : (
        <FileText text={text} />
      )}
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

function textOf(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
