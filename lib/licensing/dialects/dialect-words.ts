/** Words for a dialect's files, for people. */
export interface DialectWords {
  /** The software that writes its files. */
  readonly software: string;
  /** Names of a file for the device: the first one, and those that renew it. */
  readonly answer: string;
  readonly refresh: string;
  /** How the device takes the file, as an instruction. */
  readonly applyIt: string;
  /** When the software stops, after "until". */
  readonly activeUntil: string;
  /** A page under the seat that makes a new file with choices; null where a refresh has none to make. */
  readonly newFilePage: { readonly name: string; readonly label: string } | null;
  /** Its files are text that another machine may read from the screen. */
  readonly hasQr: boolean;
}
