import { PRIVATE } from './respond';

/** Responds with a file as a download. */
export function respondFile({ name, text }: { readonly name: string; readonly text: string }): Response {
  return new Response(text, {
    headers: {
      ...PRIVATE,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    },
  });
}

/** Formats the fallback name for old clients (RFC 6266, section 4.3). */
function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** Encodes a name by RFC 8187, which escapes more characters than addresses do. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
