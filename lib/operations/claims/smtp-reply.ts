const MAX_CHARACTERS = 300;

/** Formats the reply of a mail server as one line of at most 300 characters, without control characters. */
export function formatSmtpReply(reply: string): string {
  return reply
    .slice(0, MAX_CHARACTERS)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
