/** A message in plain text and in simple HTML. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where whoever gets it can say that they want no more of it. */
  readonly list?: { readonly unsubscribe: string };
  readonly attachments?: readonly MailFile[];
}

/** A file that comes with a message. */
export interface MailFile {
  readonly filename: string;
  readonly content: string;
  readonly contentType: string;
}

/** Text as HTML, never markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A paragraph of an HTML message. */
export function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
}

/** An HTML message of these parts. */
export function htmlPage(...parts: readonly string[]): string {
  return `<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:32em">${parts.join('')}</body></html>`;
}
