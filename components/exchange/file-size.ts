/** A size a person can compare: "812 bytes", "2.1 kB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${(bytes / 1000).toFixed(1)} kB`;
}
