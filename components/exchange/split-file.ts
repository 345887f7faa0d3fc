/** What a part of a file's text is: its armour, the lines for people, the token, or text around it. */
export type PartKind = 'armour' | 'headers' | 'body' | 'around';

/** Lines that follow one another and are of one kind. */
export interface FilePart {
  readonly kind: PartKind;
  readonly text: string;
}

const MARKER = /^[\s>]*-----(BEGIN|END) [A-Z ]{1,40}-----\s*$/;

/** Takes a file's text apart by its lines. Nothing is left out: the parts in a row are the text. A text without armour is all body. */
export function splitFile(text: string): FilePart[] {
  const lines = text.split(/(?<=\n)/);
  const parts: { kind: PartKind; text: string }[] = [];
  let inside: PartKind = lines.some((line) => MARKER.test(line)) ? 'around' : 'body';
  for (const line of lines) {
    const marker = MARKER.exec(line)?.[1];
    const kind = marker === undefined ? inside : 'armour';
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += line;
    else parts.push({ kind, text: line });
    if (marker !== undefined) inside = marker === 'BEGIN' ? 'headers' : 'around';
    else if (inside === 'headers' && /^[\s>]*$/.test(line)) inside = 'body';
  }
  return parts;
}
