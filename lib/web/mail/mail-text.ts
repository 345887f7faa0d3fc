/** A message in plain text and in simple HTML. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Address of the unsubscribe page (List-Unsubscribe, RFC 2369). */
  readonly list?: { readonly unsubscribe: string };
  readonly attachments?: readonly MailFile[];
}

/** An attachment. */
export interface MailFile {
  readonly filename: string;
  readonly content: string;
  readonly contentType: string;
}

/** Escapes text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Formats text as an HTML paragraph. */
export function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
}

/** Joins HTML parts into the document of a message. */
export function htmlPage(...parts: readonly string[]): string {
  return `<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;max-width:32em">${parts.join('')}</body></html>`;
}
