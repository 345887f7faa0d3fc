import { explain } from '@/lib/licensing/refusals/rejection';
import type { Reminder, ReminderLease } from '@/lib/operations/leases/reminder';
import type { MailFile, MailText } from '../mail/mail-text';
import { escapeHtml, htmlPage, paragraph } from '../mail/mail-text';
import { uniqueName } from '../responses/unique-name';
import { utcText } from '../responses/utc-text';

/** Devices listed individually; the rest are counted. */
const MOST_LISTED = 100;

/** One device in the mail: what it is, when its lease ends, and what to do. */
interface ReminderItem {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly file: MailFile | null;
}

/**
 * Writes the mail that reminds a person of all their ending leases, with refresh files attached.
 *
 * @param portal name of the vendor and address of the portal
 */
export function writeReminderMail(
  { to, leases }: Pick<Reminder, 'to' | 'leases'>,
  portal: { readonly vendorName: string; readonly url: URL },
): MailText {
  const names = new Map<string, number>();
  const items = leases.slice(0, MOST_LISTED).map((lease) => describeLease(lease, names));
  const more = leases.length - items.length;
  const all = new URL('/leases', portal.url).href;
  const setting = new URL('/leases#reminders', portal.url).href;
  const after = [
    ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'lease ends' : 'leases end'} soon.`]),
    ...(items.some(({ file }) => file !== null) ? [ALREADY, NO_LONGER_USED] : []),
  ];
  return {
    subject: subjectOf(leases),
    text: [
      `Hello ${to.name},`,
      OPENING,
      ...items.map(({ title, sentences }) => [title, ...sentences.map((sentence) => `    ${sentence}`)].join('\n')),
      ...after,
      `All leases: ${all}`,
      portal.vendorName,
      `--\nChoose when you get this mail: ${setting}\n`,
    ].join('\n\n'),
    html: htmlPage(
      paragraph(`Hello ${to.name},`),
      paragraph(OPENING),
      `<ul style="margin:0 0 16px;padding-left:20px">${items.map(itemOf).join('')}</ul>`,
      ...after.map(paragraph),
      link('All leases', all),
      paragraph(portal.vendorName),
      link('Choose when you get this mail', setting),
    ),
    list: { unsubscribe: setting },
    attachments: items.flatMap(({ file }) => file ?? []),
  };
}

const OPENING =
  'The leases of these devices end soon. Without a new file they stop running then, or when their grace period is over.';
const ALREADY = 'Is a file on its device already? Then there is nothing to do. Applying it again does no harm.';
const NO_LONGER_USED =
  'Is a device no longer used? Release its seat in the portal: until then, or until its last file runs out, nobody else can use it.';

function subjectOf(leases: Reminder['leases']): string {
  const [first] = leases;
  if (first === undefined) throw new Error('expected a lease to remind of, found none');
  const when = utcText(first.endsAt);
  return leases.length === 1
    ? `The lease of ${first.deviceName} ends on ${when}`
    : `${leases.length} leases end soon, the first on ${when}`;
}

function describeLease(
  { deviceName, productName, edition, endsAt, file }: ReminderLease,
  names: Map<string, number>,
): ReminderItem {
  const head = { title: `${deviceName}, ${productName} ${edition}`.trim() };
  const ends = `Its lease ends on ${utcText(endsAt)}.`;
  switch (file.kind) {
    case 'file': {
      const filename = uniqueName(file.name, names);
      const carry = `Carry the attached file “${filename}” to the device. With it the device runs until ${utcText(file.endsAt)}.`;
      return {
        ...head,
        sentences: [ends, carry],
        file: { filename, content: file.text, contentType: 'application/octet-stream' },
      };
    }
    case 'refused': {
      const { cause, fix } = explain(file.rejection);
      return { ...head, sentences: [ends, `It gets no new file: ${cause} ${fix}`], file: null };
    }
    case 'no-longer':
      return { ...head, sentences: [ends, LICENCE_ENDS], file: null };
    case 'in-portal':
      return { ...head, sentences: [ends, 'Get its refresh file in the portal.'], file: null };
  }
}

const LICENCE_ENDS = 'The licence itself ends then, so no file lets the device run longer. Ask the vendor to renew the licence.';

function itemOf({ title, sentences }: ReminderItem): string {
  const lines = sentences.map(escapeHtml).join('<br>');
  return `<li style="margin:0 0 12px"><strong>${escapeHtml(title)}</strong><br>${lines}</li>`;
}

function link(words: string, address: string): string {
  return `<p style="margin:0 0 16px"><a href="${escapeHtml(address)}">${escapeHtml(words)}</a></p>`;
}
