import { PRIVATE } from './respond';

/** Answers with a file, byte for byte, to be kept under its name. */
export function respondFile({ name, text }: { readonly name: string; readonly text: string }): Response {
  return new Response(text, {
    headers: {
      ...PRIVATE,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    },
  });
}

/** For readers that know no other form (RFC 6266, section 4.3). */
function asciiName(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** RFC 8187 leaves fewer characters as they are than addresses do. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
