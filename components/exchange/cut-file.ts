/** One byte more than a file may have: enough for the server to see that it is too large. */
export const SENT_AT_MOST_BYTES = 65_537;

/** The file as it is sent: never more than the server needs to refuse it. */
export function cutFile(file: File): File {
  if (file.size <= SENT_AT_MOST_BYTES) return file;
  return new File([file.slice(0, SENT_AT_MOST_BYTES)], file.name, { type: file.type });
}
