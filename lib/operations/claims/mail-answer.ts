const ANSWER_MAX = 300;

/** What a mail server said, as one line that is kept. */
export function oneLine(answer: string): string {
  return answer
    .slice(0, ANSWER_MAX)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
