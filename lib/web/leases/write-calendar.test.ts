import { describe, expect, it } from 'vitest';
import { writeCalendar } from './write-calendar';

const end = {
  activationId: '0198f3f0-5b1e-7c3a-9f60-3f8a1c2b4d5e',
  sequence: 3,
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  endsAt: new Date('2026-03-01T10:20:30Z'),
  graceEndsAt: null,
  deviceId: '4d3f1c1e-0000-4000-8000-000000000000',
  deviceName: 'Press line 7',
  productName: 'Studio',
  edition: 'Pro',
};
const write = (changes: Partial<typeof end> = {}, name = 'Leases') =>
  writeCalendar({ name, portal: new URL('https://portal.example.com'), leaseEnds: [{ ...end, ...changes }] });
const unfold = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar', () => {
  it('has one event for each lease end: known by its activation, newer by its sequence, at an instant in UTC, without an alarm', () => {
    const lines = unfold(write());
    for (const line of [
      'VERSION:2.0',
      `UID:${end.activationId}`,
      'SEQUENCE:3',
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20260301T102030Z',
      'SUMMARY:Lease ends: Press line 7',
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      `URL;VALUE=URI:https://portal.example.com/devices/${end.deviceId}`,
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines.join()).not.toMatch(/VALARM|DTEND/);
  });

  it('is the same text for the same leases, whenever it is asked for', () => {
    expect(write()).toBe(write());
  });

  it('says until when the device may run after its lease', () => {
    const lines = unfold(write({ ...end, graceEndsAt: new Date('2026-03-08T10:20:30Z') } as never));
    expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toContain('until 2026-03-08.');
  });

  it('ends each line with CRLF, the last one too, and no line is longer than 75 octets, wherever characters of many bytes stand', () => {
    for (let padding = 0; padding < 8; padding += 1) {
      const text = write({ deviceName: `${'x'.repeat(padding)}${'é压😀'.repeat(25)}`.slice(0, 100) });
      expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
      expect(text).not.toContain('\uFFFD');
      expect(unfold(text).find((line) => line.startsWith('SUMMARY:'))).toContain('é压😀é压😀');
    }
  });

  it('takes no character of a name for one of its own', () => {
    const lines = unfold(write({ deviceName: 'A;B,C\\D:"E"\r\nBEGIN:VALARM' }, 'Leases, Kestrel; Automation'));
    expect(lines).toContain('SUMMARY:Lease ends: A\\;B\\,C\\\\D:"E"\\nBEGIN:VALARM');
    expect(lines).not.toContain('BEGIN:VALARM');
    expect(lines).toContain('X-WR-CALNAME:Leases\\, Kestrel\\; Automation');
  });

  it('without leases is still one', () => {
    const text = writeCalendar({ name: 'Leases', portal: new URL('https://portal.example.com'), leaseEnds: [] });
    expect(unfold(text).at(0)).toBe('BEGIN:VCALENDAR');
    expect(text).not.toContain('VEVENT');
  });
});
