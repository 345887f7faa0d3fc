import { REQUEST_HEADERS, sampleProof, sampleRefresh, sampleRequest, sampleResponse } from './sample-claims';
import type { BadVector, Recipe } from './vector';
import { makeToken, wrap } from './vector';
import type { VectorKeys } from './vector-keys';

const HTML = '<!doctype html>\n<html lang="en"><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';
const PDF = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function notOfUs(plain: string): BadVector[] {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plain, 'utf16le')]);
  return [
    { name: 'empty', code: 'file-empty', file: '' },
    { name: 'only white space', code: 'file-empty', file: ' \r\n\t\n' },
    { name: 'one byte over 64 KiB', code: 'file-too-large', file_generated: { text: 'A', times: 65_537 } },
    { name: 'binary', code: 'file-not-text', file_base64: base64Of(PNG) },
    { name: 'PDF', code: 'file-not-text', file: PDF },
    { name: 'UTF-16 with a byte order mark', code: 'file-not-text', file_base64: base64Of(utf16) },
    { name: 'UTF-16 without one', code: 'file-not-text', file_base64: base64Of(Buffer.from(plain, 'utf16le')) },
    {
      name: 'not UTF-8',
      code: 'file-not-text',
      file_base64: base64Of(Buffer.from(plain.replace('Press', 'Pr\u00e4ss'), 'latin1')),
    },
    { name: 'NUL in the text', code: 'file-not-text', file: plain.replace('Press', 'Pr\0ss') },
    { name: 'an HTML page', code: 'file-not-recognised', file: HTML },
    { name: 'a letter', code: 'file-not-recognised', file: 'Dear all,\n\nplease find the file attached.\n' },
    {
      name: 'armour of something else',
      code: 'file-not-recognised',
      file: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    },
  ];
}

function cutOrJoined(plain: string): BadVector[] {
  return [
    { name: 'cut in the first line', code: 'file-cut-short', file: plain.slice(0, 20) },
    { name: 'cut in the header lines', code: 'file-cut-short', file: plain.slice(0, 60) },
    { name: 'cut in the body', code: 'file-cut-short', file: plain.slice(0, 900) },
    { name: 'cut in the last line', code: 'file-cut-short', file: plain.trimEnd().slice(0, -3) },
    { name: 'without its first line', code: 'file-damaged', file: plain.split('\n').slice(1).join('\n') },
    {
      name: 'without a body',
      code: 'file-cut-short',
      file: wrap({ label: 'ACTIVATION REQUEST', headers: REQUEST_HEADERS, token: '' }),
    },
    { name: 'two blocks', code: 'file-has-two-blocks', file: `${plain}\n${plain}` },
    {
      name: 'the last line names another file',
      code: 'file-damaged',
      file: plain.replace('END ACTIVATION REQUEST', 'END REFRESH'),
    },
  ];
}

function spoiled(plain: string, token: string): BadVector[] {
  const lines = plain.split('\n');
  const last = lines[lines.length - 3] ?? '';
  const leftover = lines.toSpliced(lines.length - 2, 0, 'see you tomorrow!').join('\n');
  const nonCanonical = token.slice(0, -1) + String.fromCharCode(token.charCodeAt(token.length - 1) + 1);
  const rewrap = (changed: string) => wrap({ label: 'ACTIVATION REQUEST', headers: REQUEST_HEADERS, token: changed });
  return [
    { name: 'leftovers inside the block', code: 'file-damaged', file: leftover },
    { name: 'padding at the end of the body', code: 'file-damaged', file: plain.replace(last, `${last}==`) },
    {
      name: 'the other base64 alphabet',
      code: 'file-damaged',
      file: rewrap(token.replace(/[-_]/, (found) => (found === '-' ? '+' : '/'))),
    },
    { name: 'base64url that does not re-encode to itself', code: 'file-damaged', file: rewrap(nonCanonical) },
    { name: 'a token over 16 KiB', code: 'token-too-large', file: rewrap(`${token}${'A'.repeat(16_384)}`) },
  ];
}

function otherHeaders(token: string): BadVector[] {
  const [format = '', device = '', product = '', created = ''] = REQUEST_HEADERS;
  const make = (name: string, header: string, headers: readonly string[]): BadVector => {
    const file = wrap({ label: 'ACTIVATION REQUEST', headers, token });
    return { name, code: 'file-headers-differ', facts: { header }, file };
  };
  return [
    make('header lines: another device', 'Device', [format, 'Device: Press line 8', product, created]),
    make('header lines: another product', 'Product', [format, device, 'Product: motion-viewer', created]),
    make('header lines: another time', 'Created', [format, device, product, 'Created: 2026-09-21T14:13:21Z']),
    make('header lines: no device', 'Device', [format, product, created]),
    make('header lines: no time', 'Created', [format, device, product]),
    make('header lines: one more', 'Format', [format, device, product, 'Note: urgent', created]),
    make('header lines: none', 'Created', []),
  ];
}

/** Files that are refused for what stands around the token, or for whose token it is. */
export function makeBadFiles(keys: VectorKeys): BadVector[] {
  const { device, exchange } = keys;
  const recipe: Recipe = {
    kind: 'activation-request',
    claims: sampleRequest(device),
    signing: device.signing,
    recipient: exchange,
  };
  const token = makeToken(recipe);
  const plain = wrap({ label: 'ACTIVATION REQUEST', headers: REQUEST_HEADERS, token });
  const reply = { signing: keys.signing, recipient: device.exchange };
  const response = makeToken({ ...reply, kind: 'activation-response', claims: sampleResponse(device, keys) });
  const refresh = makeToken({ ...reply, kind: 'refresh', claims: sampleRefresh(device, keys) });
  const proof = makeToken({ ...recipe, kind: 'deactivation', claims: sampleProof(device) });
  const later = wrap({ label: 'ACTIVATION REQUEST', headers: ['Format: 2', ...REQUEST_HEADERS.slice(1)], token });
  const answer = (label: string, of: string) => wrap({ label, headers: REQUEST_HEADERS, token: of });
  return [
    ...notOfUs(plain),
    ...cutOrJoined(plain),
    ...spoiled(plain, token),
    ...otherHeaders(token),
    { name: 'a later format', code: 'format-version-unknown', facts: { found: '2' }, file: later },
    { name: 'a response instead of a request', code: 'file-is-an-answer', file: answer('ACTIVATION RESPONSE', response) },
    { name: 'a refresh instead of a request', code: 'file-is-an-answer', file: answer('REFRESH', refresh) },
    { name: 'a response as a bare token', code: 'exchange-key-unknown', file: response },
    {
      name: 'a proof labelled as a request',
      code: 'file-headers-differ',
      facts: { header: 'BEGIN' },
      file: answer('ACTIVATION REQUEST', proof),
    },
  ];
}
