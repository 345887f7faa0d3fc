import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** Reads what was mailed during one test. */
export interface Mailbox {
  /**
   * The next mail to the address that this test has not read: its source, headers and all. Waits for it.
   *
   * @param subject begins its subject; for people of support, who are mailed claims of other tests as well
   */
  next(address: string, subject?: string): Promise<string>;
  /** The same for codes to sign in with, whatever else is mailed to somebody meanwhile. */
  nextCode(address: string): Promise<string>;
  /** The same for reminders of leases, which come by themselves at any time and are none of the others. */
  nextReminder(address: string): Promise<string>;
}

function mailsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort();
}

const isCode = (mail: string) => /^Subject: \d{3} \d{3} is your code/m.test(mail);
const isReminder = (mail: string) => /^List-Unsubscribe: /m.test(mail);

/** Opens the mailboxes; what has arrived before does not count. */
export function openMailbox(mail: string): Mailbox {
  const read = new Set(existsSync(mail) ? readdirSync(mail).flatMap((address) => mailsIn(join(mail, address))) : []);
  const next = async (address: string, wanted: (text: string) => boolean) => {
    const folder = join(mail, address.toLowerCase());
    const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
    const unread = () => mailsIn(folder).find((name) => !read.has(name) && wanted(textOf(name)));
    await expect.poll(unread, { message: `a mail to ${address}`, intervals: [20] }).toBeDefined();
    const name = unread() ?? '';
    read.add(name);
    return textOf(name);
  };
  return {
    next: (address, subject = '') => next(address, (text) => !isReminder(text) && text.includes(`\nSubject: ${subject}`)),
    nextCode: (address) => next(address, isCode),
    nextReminder: (address) => next(address, isReminder),
  };
}
